import { parse, type Statement } from 'unbash';
import { compileStatements } from './compile-statement.ts';
import { addNode, compilingOf, type NestedMistake } from './compiling.ts';
import type { Dialect, Program } from './program.ts';
import { firstMistake } from './syntax-mistake.ts';

/**
 * Parses a script into its table of nodes. The result depends on the text and the dialect alone, so frames
 * may name nodes by number for as long as they keep the text. Parses are kept outside the state, bounded in
 * number.
 */
export function compileScript(text: string, dialect: Dialect): Program {
  const kept = keptPrograms[dialect];
  const known = kept.get(text);
  if (known) return known;
  const program = compile(text, dialect);
  if (kept.size >= KEPT_PROGRAMS) kept.delete(kept.keys().next().value ?? '');
  kept.set(text, program);
  return program;
}

/** Whether more lines have to come before it can be said what a text means. */
export function isUnfinished(text: string): boolean {
  return text.endsWith('\\\n') || firstMistake(parse(text), text)?.unclosed === true;
}

const KEPT_PROGRAMS = 500;
const keptPrograms: Record<Dialect, Map<string, Program>> = {
  ash: new Map(),
  dash: new Map(),
  bash: new Map(),
};

function compile(text: string, dialect: Dialect): Program {
  const script = parse(text);
  const mistake = firstMistake(script, text);
  if (mistake) {
    // A shell reads and runs line by line, so what stands on the lines before the mistake has run by then.
    const last = script.commands.findLast((statement) => statement.pos <= mistake.pos);
    const isInside = mistake.unclosed || (last && last.end > mistake.pos);
    const broken = isInside ? (last?.pos ?? 0) : mistake.pos;
    const whole = script.commands.filter((statement) => text.slice(statement.end, broken).includes('\n'));
    const line = text.slice(0, mistake.pos).split('\n').length - 1;
    return upToMistake({ text, dialect, whole }, { message: mistake.message, line });
  }
  const compiling = compilingOf(text, dialect, compileStatements);
  const root = compileStatements(compiling, script.commands);
  const nested = compiling.mistakes[0];
  if (!nested) return { text, nodes: compiling.nodes, root };
  const whole = script.commands.filter((statement) => compiling.lineAt(statement.end) < nested.line);
  return upToMistake({ text, dialect, whole }, nested);
}

interface Readable {
  readonly text: string;
  readonly dialect: Dialect;
  /** The statements that could be read. */
  readonly whole: readonly Statement[];
}

function upToMistake({ text, dialect, whole }: Readable, { message, line }: NestedMistake): Program {
  const compiling = compilingOf(text, dialect, compileStatements);
  const list = compileStatements(compiling, whole);
  const end = addNode(compiling, { kind: 'mistake', message, line });
  const root = addNode(compiling, { kind: 'list', items: [list, end], line: 0 });
  return { text, nodes: compiling.nodes, root };
}
