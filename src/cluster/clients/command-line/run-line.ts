import { drawWhole } from '../../../kernel/chance/draw.ts';
import type { Millis } from '../../../kernel/time/millis.ts';
import type { Deed } from '../../contract/component.ts';
import type { Response } from '../../contract/response.ts';
import type { Call, Ended, Filter, Kubeconfig, Outcome, Program } from '../program.ts';
import { type Expansions, expandText, expandWord } from './expand-words.ts';
import type { Finished, LineState, Running } from './line-state.ts';
import { type Redirected, redirected } from './redirected.ts';
import { runFilters } from './run-filters.ts';
import type { Shell } from './shell.ts';
import type { Pipeline, ShellLine, SimpleCommand, Word } from './shell-line.ts';

export type LineOutcome = Ended | { readonly state: LineState; readonly wakeAt?: Millis };

/** One look at a line: plays it from where it stands until it ends or has to wait. */
export function* runLine(
  line: ShellLine,
  state: LineState,
  shell: Shell,
): Generator<Deed, LineOutcome, Response> {
  const progress: Progress = {
    shell,
    before: state,
    finished: [...state.finished],
    next: 0,
    variables: new Map(),
    status: 0,
    ...(state.kubeconfig === undefined ? {} : { kubeconfig: state.kubeconfig }),
  };
  const exitCode = yield* runLists(line, progress, undefined);
  const { finished, paused, kubeconfig } = progress;
  const changed = kubeconfig === undefined ? {} : { kubeconfig };
  if (exitCode !== undefined) return { exitCode, ...changed };
  const running = paused === undefined ? {} : { running: paused.running };
  return {
    state: { finished, ...running, ...changed },
    ...(paused?.wakeAt === undefined ? {} : { wakeAt: paused.wakeAt }),
  };
}

interface Progress {
  readonly shell: Shell;
  readonly before: LineState;
  readonly finished: Finished[];
  /** The number of the next program in the line. */
  next: number;
  readonly variables: Map<string, string>;
  /** `$?`: how the last pipeline ended. */
  status: number;
  kubeconfig?: Kubeconfig;
  paused?: { readonly running: Running; readonly wakeAt?: Millis };
}

/** Takes what is printed, where the line goes on with it; absent: the terminal. */
interface Capture {
  text: string;
}

/** The exit code, or undefined while something has to be waited for. */
type Exit = Generator<Deed, number | undefined, Response>;

function* runLists({ lists }: ShellLine, progress: Progress, capture: Capture | undefined): Exit {
  let exitCode = 0;
  for (const { first, rest } of lists) {
    const begun = yield* runPipeline(first, progress, capture);
    if (begun === undefined) return undefined;
    exitCode = progress.status = begun;
    for (const { operator, pipeline } of rest) {
      if ((operator === '&&') !== (exitCode === 0)) continue;
      const next = yield* runPipeline(pipeline, progress, capture);
      if (next === undefined) return undefined;
      exitCode = progress.status = next;
    }
  }
  return exitCode;
}

function* runPipeline(
  { stages, isNegated }: Pipeline,
  progress: Progress,
  capture: Capture | undefined,
): Exit {
  const words: (readonly string[])[] = [];
  for (const stage of stages) {
    const expanded = yield* expandStage(stage, progress);
    if (expanded === undefined) return undefined;
    words.push(expanded);
  }
  let stdin = '';
  let exitCode = 0;
  for (let index = 0; index < stages.length; ) {
    const end = index + 1 + filtersAfter(words, index, progress.shell);
    const isLast = end === stages.length;
    const segment = { stages: stages.slice(index, end), words: words.slice(index, end), stdin };
    const result = yield* runSegment(segment, progress, isLast ? capture === undefined : false);
    if (result === undefined) return undefined;
    stdin = result.captured ?? '';
    if (isLast && capture !== undefined) capture.text += stdin;
    exitCode = result.exitCode;
    index = end;
  }
  return isNegated ? Number(exitCode === 0) : exitCode;
}

/** How many filters follow directly: they run along with what writes into them. */
function filtersAfter(words: readonly (readonly string[])[], index: number, shell: Shell): number {
  const following = words.slice(index + 1);
  const end = following.findIndex(([name = '']) => shell.programOf(name)?.type !== 'filter');
  return end < 0 ? following.length : end;
}

function* expandStage(
  { words }: SimpleCommand,
  progress: Progress,
): Generator<Deed, readonly string[] | undefined, Response> {
  const expansions = yield* prepare(words, progress);
  return expansions && words.flatMap((word) => expandWord(word, expansions));
}

/** Runs the substitutions in words first, so that the words themselves can be read at once. */
function* prepare(
  words: readonly Word[],
  progress: Progress,
): Generator<Deed, Expansions | undefined, Response> {
  const outputs = new Map<ShellLine, string>();
  const { status } = progress;
  for (const { pieces } of words) {
    for (const piece of pieces) {
      if (piece.type !== 'output') continue;
      const capture: Capture = { text: '' };
      if ((yield* runLists(piece.line, progress, capture)) === undefined) return undefined;
      outputs.set(piece.line, capture.text.replace(/\n+$/, ''));
      progress.status = status;
    }
  }
  return {
    files: progress.shell.files,
    variable: (name) => (name === '?' ? String(status) : (progress.variables.get(name) ?? '')),
    output: (line) => outputs.get(line) ?? '',
  };
}

interface Segment {
  readonly stages: readonly SimpleCommand[];
  readonly words: readonly (readonly string[])[];
  readonly stdin: string;
}

/** A program and the filters behind it: what is remembered as one once it has finished. */
function* runSegment(
  segment: Segment,
  progress: Progress,
  toTerminal: boolean,
): Generator<Deed, Finished | undefined, Response> {
  const [stage] = segment.stages;
  if (stage === undefined) return { exitCode: 0 };
  for (const { name, value } of stage.assignments) {
    const expansions = yield* prepare([value], progress);
    if (expansions === undefined) return undefined;
    if (stage.words.length === 0) progress.variables.set(name, expandText(value, expansions));
  }
  const targets = stage.redirects.flatMap((redirect) => (redirect.type === 'given' ? [redirect.text] : []));
  const expansions = yield* prepare(targets, progress);
  if (expansions === undefined) return undefined;
  const number = progress.next;
  progress.next += 1;
  const known = progress.finished[number];
  if (known !== undefined) return known;
  const outcome = yield* runUnfinished(segment, redirected(stage, expansions), {
    progress,
    number,
    toTerminal,
  });
  if (outcome !== undefined) progress.finished.push(outcome);
  return outcome;
}

interface Place {
  readonly progress: Progress;
  readonly number: number;
  readonly toTerminal: boolean;
}

function* runUnfinished(
  segment: Segment,
  redirects: Redirected,
  place: Place,
): Generator<Deed, Finished | undefined, Response> {
  const { progress, number, toTerminal } = place;
  const { shell, before } = progress;
  const [words = [], ...filters] = segment.words;
  // What runs is the first that has not finished; whatever is begun in this look has no past.
  const running: Running = (number === before.finished.length ? before.running : undefined) ?? {};
  const startsAt = running.startsAt ?? startOf(shell.programOf(words[0] ?? ''), number, shell);
  if (startsAt !== undefined && startsAt > shell.now) {
    progress.paused = { running: { startsAt }, wakeAt: startsAt };
    return undefined;
  }
  const goesOn = !toTerminal || filters.length > 0;
  let written = running.piped ?? '';
  const write = redirects.route((stream, text) => {
    if (stream === 'stdout' && goesOn) written += text;
    else shell.write(stream, text);
  });
  if (redirects.problem !== undefined) shell.write('stderr', `bash: ${redirects.problem}\n`);
  const kubeconfig = progress.kubeconfig ?? shell.kubeconfig;
  const call = { number, stdin: redirects.stdin ?? segment.stdin, write, memory: running.memory, kubeconfig };
  const outcome = redirects.problem === undefined ? yield* runHead(words, call, shell) : { exitCode: 1 };
  if ('kubeconfig' in outcome && outcome.kubeconfig !== undefined) progress.kubeconfig = outcome.kubeconfig;
  return settle(segment, { outcome, running, written, goesOn }, place);
}

interface Run {
  readonly outcome: Outcome;
  readonly running: Running;
  /** Everything that has come out of the program for what is behind it. */
  readonly written: string;
  readonly goesOn: boolean;
}

/** Leads what was written through the filters, and says whether the segment has ended. */
function settle(
  { stages, words }: Segment,
  { outcome, running, written, goesOn }: Run,
  { progress, toTerminal }: Place,
): Finished | undefined {
  const { shell } = progress;
  // Whoever writes to a pipe that nobody reads any more is ended (128 + SIGPIPE).
  const isBroken = running.isClosed === true && written.length > (running.piped ?? '').length;
  const ended = 'exitCode' in outcome ? outcome.exitCode : isBroken ? 141 : undefined;
  const isFinal = ended !== undefined;
  const end = runFilters(words.slice(1), written, { shell, stages: stages.slice(1), isFinal });
  if (toTerminal && goesOn) shell.write('stdout', end.stdout.slice(running.shown ?? 0));
  if (ended !== undefined) {
    return { exitCode: end.exitCode ?? ended, ...(toTerminal ? {} : { captured: end.stdout }) };
  }
  if (!('pause' in outcome)) return undefined;
  const { wakeAt, ...kept } = outcome.pause;
  const through = goesOn ? { piped: written, ...(toTerminal ? { shown: end.stdout.length } : {}) } : {};
  const closed = end.isDone ? { isClosed: true } : {};
  const wake = wakeAt === undefined ? {} : { wakeAt };
  progress.paused = { running: { ...kept, ...through, ...closed }, ...wake };
  return undefined;
}

/**
 * The first program's start is the row's own wake; each later one begins when the one before it has ended.
 */
function startOf(program: Program | Filter | undefined, number: number, shell: Shell): Millis | undefined {
  if (number === 0 || program?.type !== 'program' || program.startup === undefined) return undefined;
  const [low, high] = program.startup(shell.view.settings.latencies);
  return shell.now + drawWhole(shell.view.chance, low, high, program.name, shell.command, number);
}

interface HeadCall extends Pick<Call, 'stdin' | 'memory' | 'write' | 'kubeconfig'> {
  readonly number: number;
}

function* runHead(
  words: readonly string[],
  { number, ...io }: HeadCall,
  shell: Shell,
): Generator<Deed, Outcome, Response> {
  const [name = '', ...args] = words;
  const program = shell.programOf(name);
  if (name === '') return { exitCode: 0 };
  if (program === undefined) {
    io.write('stderr', `bash: ${name}: command not found\n`);
    return { exitCode: 127 };
  }
  if (program.type === 'program') {
    const { command, view, now } = shell;
    return yield* program.run({ command, instance: number, args, view, now, ...io });
  }
  const { stdout, stderr = '', exitCode } = program.run(args, io.stdin, shell.files);
  if (stdout !== '') io.write('stdout', stdout);
  if (stderr !== '') io.write('stderr', stderr);
  return { exitCode };
}
