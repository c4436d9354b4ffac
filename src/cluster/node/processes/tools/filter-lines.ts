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
  let memory = (io.memory as unknown as FilterMemory<State> | undefined) ?? {
    file: 0,
    rest: '',
    state: filter.start,
    code: 0,
  };
  while (memory.file < paths.length) {
    const source = openSource(io, paths[memory.file] ?? '-');
    if (!source) {
      memory = { ...memory, file: memory.file + 1, code: 1 };
      continue;
    }
    const { text, ended, endless } = take(io, source.descriptor);
    const part = filterText(filter, memory, { text: memory.rest + text, ended, file: source.name });
    io.out(part.output);
    if (part.stopped) return filter.end(part.state).code;
    memory = { ...memory, state: part.state, rest: part.rest };
    if (endless && (!text.includes('\n') || io.task.fds['1'] === 'null'))
      return { wait: { cpus: 1 }, memory: null };
    if (!ended) {
      const wait = endless ? { until: io.now } : { readable: source.descriptor };
      return { wait, memory: memory as unknown as Json };
    }
    memory = { ...memory, file: memory.file + 1 };
  }
  const { text = '', code } = filter.end(memory.state);
  io.out(text);
  return memory.code || code;
}

interface Filtered<State> {
  readonly state: State;
  readonly output: string;
  /** A line of which the end has not come yet. */
  readonly rest: string;
  readonly stopped: boolean;
}

/** Hands line after line to the filter; a last line without a newline only once nothing can follow it. */
function filterText<State extends Json>(
  filter: LineFilter<State>,
  { state: before }: { readonly state: State },
  { text, ended, file }: { readonly text: string; readonly ended: boolean; readonly file: string },
): Filtered<State> {
  const lines = text.split('\n');
  const rest = lines.pop() ?? '';
  const hasRest = ended && rest !== '';
  const all = [
    ...lines.map((line) => ({ line, isWhole: true })),
    ...(hasRest ? [{ line: rest, isWhole: false }] : []),
  ];
  let state = before;
  let output = '';
  for (const [index, { line, isWhole }] of all.entries()) {
    const next = filter.line(state, { text: line, isWhole, file, isLast: ended && index === all.length - 1 });
    state = next.state;
    output += next.text ?? '';
    if (next.stop) return { state, output, rest: '', stopped: true };
  }
  return { state, output, rest: ended ? '' : rest, stopped: false };
}
