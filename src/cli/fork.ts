import { basename } from 'node:path';
import { checkCommand, filesWritten, leavesFolder } from '../cluster/clients/command-line/check-command.ts';
import type { Files } from '../cluster/clients/files.ts';
import { type ClusterSettings, hasOwnControlPlane } from '../cluster/contract/settings.ts';
import type { LogHeader } from '../kernel/log/log-format.ts';
import type { Millis } from '../kernel/time/millis.ts';
import { type BranchDifference, branchDifference } from '../replay/branch-difference.ts';
import { type Fork, fork, goOn, refusalToFork } from '../replay/fork.ts';
import type { Instant } from '../replay/place.ts';
import { createTimeline, type Timeline } from '../replay/timeline.ts';
import { type BranchTelling, branchText } from '../report/branch-text.ts';
import { formatClock } from '../report/clock.ts';
import { branchJson } from '../report/difference-json.ts';
import { jsonText } from '../report/json-text.ts';
import { printable } from '../report/printable.ts';
import { type TypedLine, typedLines } from '../report/typed-lines.ts';
import { areThere, typedFault } from '../scenario/language/typed-fault.ts';
import { branchHeaderOf } from '../scenario/log-header.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { wordsIn } from '../words/words-in.ts';
import { BadInput, EXIT } from './exit.ts';
import { filesNamedIn } from './files-named.ts';
import { createLogFile } from './log-file.ts';
import { momentIn } from './open-timeline.ts';
import { openPlayable } from './playable.ts';
import { findPlayed } from './played.ts';
import { setField } from './set-field.ts';
import type { Which } from './which.ts';
import { tellBeside, writeOut } from './write-out.ts';

export interface ForkOptions extends Omit<Which, 'set'> {
  readonly at?: Instant;
  /** What is typed, one after another. */
  readonly run?: readonly string[];
  /** A field that is given another value, `pod/web.spec.replicas=3`, or a parameter of the scenario. */
  readonly set?: readonly string[];
  /** For how long it goes on, in virtual milliseconds. */
  readonly for?: Millis;
  readonly output?: string;
  readonly lang: string;
  readonly json?: boolean;
}

/** Without saying for how long, what was typed has at least so much time to show. */
const LEAST_MS = 60_000;

/**
 * `kubereel fork`: what becomes of a log when something else is typed from an instant on. Ends with 1 if a
 * line failed.
 */
export async function forkCommand(what: string, options: ForkOptions): Promise<number> {
  const { run: lines = [], lang, output } = options;
  const set = options.set?.findLast(isField);
  if (lines.length === 0 && set === undefined) throw new BadInput(({ wrong }) => wrong.noRun);
  const { timeline, scenario, header } = openForkable(what, options);
  const files = { ...scenario.files, ...filesNamedIn(lines) };
  const { settings } = scenario;
  checkLines(lines, { files, onMachine: hasOwnControlPlane(settings), settings });
  const moment = momentIn(timeline, options.at);
  const given = set === undefined ? undefined : setField(timeline, set, { ...moment, files });
  const { cursor, clock } = given ?? moment;
  const asked = lines.map((line, index) => ({ line, ...(index === 0 && { at: moment.clock }) }));
  const typed = [...(given ? [{ line: given.line, at: clock }] : []), ...asked];
  const branch = fork(timeline, { scenario: { ...scenario, files }, at: cursor, typed });
  const until =
    options.for === undefined
      ? Math.max(timeline.duration, moment.clock + LEAST_MS)
      : moment.clock + options.for;
  for (const _ of goOn(branch, until));
  if (output !== undefined) save(branch, header, output);
  const typedHere = typedLines(branch.timeline, branch.at);
  const difference = branchDifference(timeline, branch.timeline, until);
  const telling = tellingOf(timeline, branch, lang);
  if (given?.isRemade) tellBeside(`${wordsIn(lang).told.remade}\n`);
  const report: Report = { branch, clock, until, typed: typedHere, difference, telling, options };
  await writeOut([options.json ? reportJson(report) : reportText(report)]);
  return typedHere.some(({ exitCode = 0 }) => exitCode !== 0) ? EXIT.missed : EXIT.ok;
}

interface Forkable {
  readonly timeline: Timeline;
  readonly scenario: Scenario;
  readonly header: LogHeader;
}

/** A parameter has no object before it. */
function isField(text: string): boolean {
  return /^[^=]*\//.test(text);
}

function whichOf({ set = [], ...which }: ForkOptions): Which {
  const pairs = set.filter((each) => !isField(each)).map((each) => /^([^=]*)=?(.*)$/s.exec(each) ?? []);
  return { ...which, set: Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, value])) };
}

function openForkable(what: string, options: ForkOptions): Forkable {
  const which = whichOf(options);
  const { lang } = options;
  const { commits, found, ground, origin } = openPlayable(findPlayed(what, which), which, tellBeside);
  const timeline = createTimeline([], found);
  for (const commit of commits()) for (const entry of commit) timeline.append(entry);
  timeline.finish();
  const refusal = refusalToFork(timeline);
  if (refusal || !ground) throw new BadInput(({ wrong }) => wrong.notForked(refusal ?? 'recorded'));
  const { header } = origin;
  if (ground.isUnknown) tellBeside(printable(`${wordsIn(lang).wrong.scenarioGone(header.scenario.name)}\n`));
  return { timeline, scenario: ground.scenario, header };
}

/** What can be told of the lines before anything runs. */
function checkLines(
  lines: readonly string[],
  { files, onMachine, settings }: { files: Files; onMachine: boolean; settings: ClusterSettings },
): void {
  let known: Files | undefined = files;
  for (const line of lines) {
    const broken = typedFault(line);
    if (broken && areThere(broken, settings)) continue;
    const problem = checkCommand(line, known, onMachine);
    known = leavesFolder(line) ? undefined : known && { ...known, ...filesWritten(line) };
    if (!problem) continue;
    const { message, hint } = problem;
    throw new BadInput(({ wrong }) => wrong.line(line, hint === undefined ? message : `${message}: ${hint}`));
  }
}

function save({ timeline, at }: Fork, header: LogHeader, output: string): void {
  const file = createLogFile(output, branchHeaderOf(header, basename(output).replace(/\.\w+$/, ''), at));
  for (const entry of timeline.entries) file.append([entry]);
  file.close();
}

function tellingOf(original: Timeline, { timeline }: Fork, language: string): BranchTelling {
  const { told } = wordsIn(language);
  return {
    left: { name: told.original, timeline: original },
    right: { name: told.fork, timeline },
    words: told.branch,
    language,
  };
}

interface Report {
  readonly branch: Fork;
  /** When it was forked. */
  readonly clock: Millis;
  readonly until: Millis;
  readonly typed: readonly TypedLine[];
  readonly difference: BranchDifference;
  readonly telling: BranchTelling;
  readonly options: ForkOptions;
}

function reportText({ branch, clock, until, typed, difference, telling, options }: Report): string {
  const { told } = wordsIn(options.lang);
  const { duration } = telling.left.timeline;
  const lines = [
    told.forked(branch.at, formatClock(clock)),
    ...typed.flatMap(({ line, printed, exitCode }) => [
      `$ ${line}`,
      ...(printed === '' ? [] : [printed.replace(/\n$/, '')]),
      ...(exitCode === undefined ? [told.stillRunning] : exitCode === 0 ? [] : [told.exit(exitCode)]),
    ]),
    '',
    ...branchText(difference, telling).map(({ kind, text }) => (kind === 'heading' ? text : `  ${text}`)),
    ...(until > duration ? [told.originalEnds(formatClock(duration))] : []),
    ...(options.output === undefined ? [] : [told.saved(options.output, branch.timeline.entries.length)]),
  ];
  return printable(`${lines.join('\n')}\n`);
}

function reportJson({ branch, clock, until, typed, difference, telling, options }: Report): string {
  const report = {
    forked: { seq: branch.at, at: clock, time: formatClock(clock) },
    until: { at: until, time: formatClock(until) },
    typed,
    difference: branchJson(difference, telling),
    ...(options.output !== undefined && { output: options.output }),
  };
  return `${jsonText(report, 2)}\n`;
}
