import type { Frame, Progress } from '../process-state.ts';
import type { Program } from '../syntax/program.ts';

/** The frame with which a node begins. */
export function frameOf(program: Program, script: string, node: number): Frame {
  const at = { script, node };
  const kind = program.nodes[node]?.kind;
  switch (kind) {
    case 'list':
      return { op: 'list', ...at, next: 0 };
    case 'andOr':
      return { op: 'andOr', ...at, next: 0 };
    case 'simple':
      return {
        op: 'simple',
        ...at,
        stage: 'words',
        progress: atStart(),
        fields: [],
        targets: [],
        values: [],
      };
    case 'if':
      return { op: 'if', ...at, next: 0, testing: false };
    case 'loop':
      return { op: 'loop', ...at, testing: false, status: -1 };
    case 'for':
      return { op: 'for', ...at, progress: atStart(), next: 0, status: 0 };
    case 'arithmeticFor':
      return { op: 'arithmeticFor', ...at, at: 'first', progress: atStart(), status: 0 };
    case 'case':
      return { op: 'case', ...at, progress: atStart(), arm: 0, pattern: 0 };
    case 'redirected':
      return { op: 'redirected', ...at, progress: atStart(), targets: [] };
    case 'condition':
      return { op: 'condition', ...at, progress: atStart(), fields: [] };
    case 'arithmetic':
      return { op: 'arithmetic', ...at, progress: atStart() };
    default:
      return { op: kind ?? 'mistake', ...at };
  }
}

const atStart = (): Progress => ({ word: 0, results: [] });
