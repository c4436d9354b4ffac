import type { Json } from '../process-state.ts';
import { openSource, take } from './input.ts';
import type { ToolIo, ToolOutcome } from './tool.ts';

/** A tool that looks at one line after the other and writes as it goes. */
export interface LineFilter<State extends Json> {
  readonly start: State;
  /** What to print for a line; `stop` ends the tool at once. `isWhole`: it ended in a newline. */
  line(state: State, line: Line): { readonly state: State; readonly text?: string; readonly stop?: boolean };
  /** After the last line: what is left to print, and the exit code. */
  end(state: State): { readonly text?: string; readonly code: number };
}

export interface Line {
  readonly text: string;
  readonly isWhole: boolean;
  /** The operand that it comes from; `-` is standard input. */
  readonly file: string;
  /** Nothing follows it in this file, as far as is known. */
  readonly isLast: boolean;
}

interface FilterMemory<State> {
  readonly file: number;
  /** A line of which the end has not come yet. */
  readonly rest: string;
  readonly state: State;
  readonly code: number;
}

/** Runs a filter over its operands in turn, waiting where standard input has nothing yet. */
export function filterLines<State extends Json>(
  io: ToolIo,
  operands: readonly string[],
  filter: LineFilter<State>,
): ToolOutcome {
  const paths = operands.length > 0 ? operands : ['-'];
  const remembered = io.memory as unknown as FilterMemory<State> | undefined;
  let { file, rest, state, code } = remembered ?? { file: 0, rest: '', state: filter.start, code: 0 };
  for (; file < paths.length; file += 1) {
    const path = paths[file] ?? '-';
    const source = openSource(io, path);
    if (!source) {
      code = 1;
      continue;
    }
    const { text, ended, endless } = take(io, source.descriptor);
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    let output = '';
    for (const [index, line] of lines.entries()) {
      const isLast = ended && rest === '' && index === lines.length - 1;
      const next = filter.line(state, { text: line, isWhole: true, file: path, isLast });
      state = next.state;
      output += next.text ?? '';
      if (next.stop) return stop(io, output, filter.end(state).code);
    }
    if (ended && rest !== '') {
      const next = filter.line(state, { text: rest, isWhole: false, file: path, isLast: true });
      state = next.state;
      output += next.text ?? '';
      rest = '';
      if (next.stop) return stop(io, output, filter.end(state).code);
    }
    io.out(output);
    if (endless && (lines.length === 0 || io.task.fds['1'] === 'null'))
      return { wait: { cpus: 1 }, memory: null };
    if (!ended) {
      const memory = { file, rest, state, code } satisfies FilterMemory<State> as unknown as Json;
      return { wait: endless ? { until: io.now } : { readable: source.descriptor }, memory };
    }
  }
  const { text = '', code: own } = filter.end(state);
  io.out(text);
  return code || own;
}

function stop(io: ToolIo, output: string, code: number): number {
  io.out(output);
  return code;
}
