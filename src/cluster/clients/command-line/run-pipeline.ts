import { drawWhole } from '../../../kernel/chance/draw.ts';
import type { Millis } from '../../../kernel/time/millis.ts';
import type { Deed } from '../../contract/component.ts';
import type { Response } from '../../contract/response.ts';
import { loginVariable } from '../machines/login-variable.ts';
import type { Call, Filter, LeftFile, Outcome, Program } from '../program.ts';
import { bareCall } from './bare-call.ts';
import { type Expansions, expandText, expandWord } from './expand-words.ts';
import { exportEach, exportedOf } from './exported.ts';
import { appendTo, emptyFile, filesNow, leaveFile, settleMachine } from './files-now.ts';
import { processId, runningJobs } from './jobs.ts';
import type { Finished, Running } from './line-state.ts';
import { moveAbout } from './move-about.ts';
import type { Capture, Exit, Progress } from './progress.ts';
import { type Redirected, redirected } from './redirected.ts';
import { runFilters } from './run-filters.ts';
import type { Shell } from './shell.ts';
import type { Pipeline, Redirect, ShellLine, SimpleCommand, Word } from './shell-line.ts';

/** Programs, what each writes led into the next. */
export function* runPipeline(
  { stages, isNegated }: Pipeline,
  progress: Progress,
  capture: Capture | undefined,
): Exit {
  const calls: Expanded[] = [];
  for (const stage of stages) {
    const expanded = yield* expandStage(stage, progress);
    if (expanded === undefined) return undefined;
    calls.push(expanded);
  }
  const words = calls.map((call) => call.words);
  let stdin = '';
  let exitCode = 0;
  for (let index = 0; index < stages.length; ) {
    const end = index + 1 + filtersAfter(words, index, progress.shell);
    const isLast = end === stages.length;
    const { environment = {} } = calls[index] ?? {};
    const segment = { stages: stages.slice(index, end), words: words.slice(index, end), environment, stdin };
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

interface Expanded {
  readonly words: readonly string[];
  /** Given by `sudo` and `env`. */
  readonly environment: Readonly<Record<string, string>>;
}

function* expandStage(
  { words }: SimpleCommand,
  progress: Progress,
): Generator<Deed, Expanded | undefined, Response> {
  const expansions = yield* prepare(words, progress);
  if (expansions === undefined) return undefined;
  const all = words.flatMap((word) => expandWord(word, expansions));
  const { skipped, environment } = bareCall(all);
  return { words: all.slice(skipped), environment };
}

/** Runs the substitutions in words first, so that the words themselves can be read at once. */
export function* prepare(
  words: readonly Word[],
  progress: Progress,
): Generator<Deed, Expansions | undefined, Response> {
  const outputs = new Map<ShellLine, string>();
  const { status } = progress;
  for (const { pieces } of words) {
    for (const piece of pieces) {
      if (piece.type !== 'output') continue;
      const capture: Capture = { text: '' };
      if ((yield* progress.runLists(piece.line, progress, capture)) === undefined) return undefined;
      outputs.set(piece.line, capture.text.replace(/\n+$/, ''));
      progress.status = status;
    }
  }
  return { ...expansionsOf(progress), output: (line) => outputs.get(line) ?? '' };
}

/** What is known without running anything. */
function expansionsOf(progress: Progress): Expansions {
  const { status, variables, shell, place } = progress;
  const machine = place.machine ?? shell.machine;
  return {
    files: filesNow(progress),
    variable(name) {
      if (name === '?') return String(status);
      if (name === '!') return lastJob(shell);
      return variables.get(name) ?? (machine === undefined ? '' : loginVariable(machine, name));
    },
    output: () => '',
  };
}

/** `$!`: the process that was left to itself last. */
function lastJob({ view }: Shell): string {
  const job = runningJobs(view).at(-1);
  return job === undefined ? '' : String(processId(view, job.row.id));
}

interface Segment {
  readonly stages: readonly SimpleCommand[];
  readonly words: readonly (readonly string[])[];
  readonly environment: Readonly<Record<string, string>>;
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
  const environment = { ...exportedOf(progress), ...segment.environment };
  for (const { name, value } of stage.assignments) {
    const expansions = yield* prepare([value], progress);
    if (expansions === undefined) return undefined;
    const text = expandText(value, expansions);
    if (stage.words.length === 0) progress.variables.set(name, text);
    else environment[name] = text;
  }
  const targets = segment.stages.flatMap(({ redirects }) => redirects.flatMap(wordOf));
  const expansions = yield* prepare(targets, progress);
  if (expansions === undefined) return undefined;
  if (segment.words[0]?.[0] === 'export') exportEach(segment.words[0].slice(1), progress);
  const number = progress.next;
  progress.next += 1;
  const known = progress.finished[number];
  if (known !== undefined) return known;
  const redirects = redirected(stage, expansions, (path, text) => appendTo(progress, path, text));
  const place = { progress, number, toTerminal, environment, expansions };
  const outcome = yield* runUnfinished(segment, redirects, place);
  yield* settleMachine(progress);
  if (outcome !== undefined) progress.finished.push(outcome);
  return outcome;
}

/** What of a redirection has to be known before anything is led anywhere. */
function wordOf(redirect: Redirect): readonly Word[] {
  if (redirect.type === 'given') return [redirect.text];
  return redirect.type === 'into' || redirect.type === 'from' ? [redirect.file] : [];
}

interface Place {
  readonly progress: Progress;
  readonly number: number;
  readonly toTerminal: boolean;
  readonly environment: Readonly<Record<string, string>>;
  /** What was found out for its redirections. */
  readonly expansions: Expansions;
}

function* runUnfinished(
  segment: Segment,
  redirects: Redirected,
  place: Place,
): Generator<Deed, Finished | undefined, Response> {
  const { progress, number, toTerminal } = place;
  const { shell } = progress;
  const [words = [], ...filters] = segment.words;
  // What runs is the first that has not finished; whatever is begun in this look has no past.
  const running: Running = progress.resumed ?? {};
  delete progress.resumed;
  const hasBegun = 'memory' in running;
  const program = shell.programOf(words[0] ?? '');
  const startsAt = hasBegun ? undefined : (running.startsAt ?? startOf(program, number, shell));
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
  const kubeconfig = progress.kubeconfig ?? shell.session.kubeconfig;
  if (!hasBegun) for (const path of redirects.emptied) emptyFile(progress, path);
  const call = {
    number,
    stdin: redirects.stdin ?? segment.stdin,
    write,
    memory: running.memory,
    kubeconfig,
    files: filesNow(progress),
    environment: place.environment,
    leave: (left: LeftFile) => leaveFile(progress, left),
  };
  const outcome = redirects.problem === undefined ? yield* runHead(words, call, progress) : { exitCode: 1 };
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
  { progress, toTerminal, expansions }: Place,
): Finished | undefined {
  const { shell } = progress;
  // Whoever writes to a pipe that nobody reads any more is ended (128 + SIGPIPE).
  const isBroken = running.isClosed === true && written.length > (running.piped ?? '').length;
  const ended = 'exitCode' in outcome ? outcome.exitCode : isBroken ? 141 : undefined;
  const isFinal = ended !== undefined;
  const end = runFilters(words.slice(1), written, {
    shell,
    stages: stages.slice(1),
    isFinal,
    expansions,
    append: (path, text) => appendTo(progress, path, text),
    empty: (path) => emptyFile(progress, path),
    leave: (left) => leaveFile(progress, left),
  });
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

interface HeadCall extends Pick<Call, 'stdin' | 'memory' | 'write' | 'kubeconfig' | 'files' | 'environment'> {
  readonly number: number;
  leave(left: LeftFile): void;
}

function* runHead(
  words: readonly string[],
  { number, leave, ...io }: HeadCall,
  progress: Progress,
): Generator<Deed, Outcome, Response> {
  const [name = '', ...args] = words;
  const { shell, place } = progress;
  const machine = place.machine ?? shell.machine;
  const program = shell.programOf(name);
  if (name === '' || name === 'export') return { exitCode: 0 };
  const moved = moveAbout(words, progress, io);
  if (moved !== undefined) return moved;
  const isAway = program?.isOfMachine && machine === undefined;
  if (program === undefined || isAway) {
    io.write('stderr', `bash: ${name}: command not found\n`);
    return { exitCode: 127 };
  }
  if (program.type === 'program') {
    const { command, view, now } = shell;
    const where = machine === undefined ? {} : { machine };
    const outcome = yield* program.run({ command, instance: number, args, view, now, ...where, ...io });
    if ('written' in outcome) for (const left of outcome.written ?? []) leave(left);
    return outcome;
  }
  const { stdout, stderr = '', exitCode, written = [] } = program.run(args, io.stdin, io.files);
  for (const left of written) leave(left);
  if (stdout !== '') io.write('stdout', stdout);
  if (stderr !== '') io.write('stderr', stderr);
  return { exitCode };
}
