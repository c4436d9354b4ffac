import type { Statement } from 'unbash';
import type { Dialect, Node } from './program.ts';

/** What the compiling of one script shares: its nodes so far, and the source that positions refer to. */
export interface Compiling {
  readonly dialect: Dialect;
  readonly nodes: Node[];
  /** What is wrong inside of command substitutions, which makes the whole command wrong. */
  readonly mistakes: NestedMistake[];
  readonly source: string;
  /** Lines before a position, counted from the start of the whole script. */
  lineAt(pos: number): number;
  /** Scripts stand within statements, words and conditions, so each of these needs the whole compiler. */
  compileStatements(compiling: Compiling, statements: readonly Statement[]): number;
}

export interface NestedMistake {
  readonly message: string;
  readonly line: number;
}

export function compilingOf(
  source: string,
  dialect: Dialect,
  compileStatements: Compiling['compileStatements'],
): Compiling {
  return { dialect, nodes: [], mistakes: [], source, lineAt: lineCounter(source, 0), compileStatements };
}

/** A script inside escaped backticks has a source of its own, whose positions start again at 0. */
export function withSource(compiling: Compiling, source: string, firstLine: number): Compiling {
  return { ...compiling, source, lineAt: lineCounter(source, firstLine) };
}

export function addNode(compiling: Compiling, node: Node): number {
  compiling.nodes.push(node);
  return compiling.nodes.length - 1;
}

/** A node that says what is wrong when it is run into. */
export function addMistake(compiling: Compiling, message: string, line: number): number {
  return addNode(compiling, { kind: 'mistake', message: `syntax error: ${message}`, line });
}

function lineCounter(source: string, firstLine: number): (pos: number) => number {
  const newlines: number[] = [];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) newlines.push(at);
  return (pos) => {
    let low = 0;
    let high = newlines.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((newlines[middle] ?? 0) < pos) low = middle + 1;
      else high = middle;
    }
    return firstLine + low;
  };
}
