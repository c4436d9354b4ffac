import type { Filtered } from '../program.ts';
import type { Expansions } from './expand-words.ts';
import { type Append, redirected } from './redirected.ts';
import type { Shell } from './shell.ts';
import type { SimpleCommand, Stream } from './shell-line.ts';

export interface FilterRun {
  readonly shell: Shell;
  readonly stages: readonly SimpleCommand[];
  /** All input is there. */
  readonly isFinal: boolean;
  readonly expansions: Expansions;
  readonly append: Append;
  empty(path: string): void;
  leave(left: NonNullable<Filtered['written']>[number]): void;
}

export interface FilterEnd {
  readonly stdout: string;
  /** Of the last filter; absent without any. */
  readonly exitCode?: number;
  /** A filter reads no further. */
  readonly isDone: boolean;
}

/**
 * What comes out of a chain of filters. While their input still grows, nothing comes out unless each of them
 * works line by line; then it is what has come out for the whole lines so far.
 */
export function runFilters(
  filters: readonly (readonly string[])[],
  input: string,
  run: FilterRun,
): FilterEnd {
  const { shell, stages, isFinal, expansions } = run;
  let text = isFinal ? input : input.slice(0, input.lastIndexOf('\n') + 1);
  let exitCode: number | undefined;
  let isDone = false;
  for (const [index, [name = '', ...args]] of filters.entries()) {
    const filter = shell.programOf(name);
    if (filter?.type !== 'filter') throw new Error(`${name} is no filter`);
    if (!isFinal && !filter.isSteady(args)) return { stdout: '', isDone: false };
    const end = filter.run(args, text, expansions.files);
    text = passedOn(end, stages[index], run);
    exitCode = end.exitCode;
    isDone ||= end.isDone === true;
  }
  return { stdout: text, isDone, ...(exitCode === undefined ? {} : { exitCode }) };
}

/**
 * What of a filter's output goes on; the rest goes to the terminal, and into files, once all of it is there.
 */
function passedOn(end: Filtered, stage: SimpleCommand | undefined, run: FilterRun): string {
  const { shell, isFinal, expansions, append, empty, leave } = run;
  let text = '';
  const write = (stream: Stream, piece: string): void => {
    if (stream === 'stdout') text += piece;
    else if (isFinal) shell.write('stderr', piece);
  };
  const keep = (path: string, piece: string): void => {
    if (isFinal) append(path, piece);
  };
  const redirects = redirected(stage ?? NOTHING, expansions, keep);
  if (isFinal) {
    for (const left of end.written ?? []) leave(left);
    for (const path of redirects.emptied) empty(path);
    if (redirects.problem !== undefined) shell.write('stderr', `bash: ${redirects.problem}\n`);
  }
  const out = redirects.route(write);
  if (end.stdout !== '') out('stdout', end.stdout);
  if (end.stderr !== undefined) out('stderr', end.stderr);
  return text;
}

const NOTHING: SimpleCommand = { assignments: [], words: [], redirects: [], offset: 0, length: 0 };
