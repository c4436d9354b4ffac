import type { Event } from '../cluster/contract/event.ts';
import { recordedEntries } from '../compare/recording/recorded-entries.ts';
import type { Entry } from '../kernel/log/entry.ts';
import type { LogHeader } from '../kernel/log/log-format.ts';
import { LOG_FORMAT_VERSION } from '../kernel/log/log-format.ts';
import { commits } from '../kernel/run/run.ts';
import { forkStory, playedToEnd, type StoryBranch } from '../replay/fork-story.ts';
import type { Ground } from '../replay/player/travels.ts';
import { createTimeline, type TimelineOptions } from '../replay/timeline.ts';
import { branchesOf, branchScenario, plansIn, wayTo } from '../scenario/branch-scenario.ts';
import { type Expansion, expandScenario } from '../scenario/language/expand/expand-scenario.ts';
import { flatText } from '../scenario/language/flat-text.ts';
import { loadScenario } from '../scenario/language/load-scenario.ts';
import { branchHeaderOf, logHeaderOf } from '../scenario/log-header.ts';
import { startScenario } from '../scenario/play.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { scenarioOfLog } from '../scenario/settings-of.ts';
import { BadInput } from './exit.ts';
import { readLog } from './open-log.ts';
import { openScenario } from './open-scenario.ts';
import type { Played } from './played.ts';
import { openRecording } from './read-recording.ts';
import { bundledNames, readScenarioFiles, type ScenarioFiles } from './scenario-files.ts';
import { PRODUCT_VERSION } from './version.ts';
import { choiceOf, type Which } from './which.ts';

/** A story that can be played, commit after commit. */
export interface Playable {
  readonly name: string;
  /** What the reader should know of it, once it is known. */
  readonly notice?: () => string | undefined;
  /** How much of it is there already, 0 to 1. */
  readonly part?: () => number;
  /** Where entries are found again. */
  readonly found?: TimelineOptions;
  /** What its branches go on with; absent for a log that can't be forked. */
  readonly ground?: Ground;
  /** What it is called among its branches, where it is one itself. */
  readonly branch?: string;
  readonly origin: Origin;
  commits(): Iterable<readonly Entry<Event>[]>;
}

/** What a log was made of. */
export interface Origin {
  readonly header: LogHeader;
  /** The text of its scenario; absent where it is not at hand. */
  readonly text?: string;
  readonly files: Scenario['files'];
}

/**
 * Opens what is to be played, and runs it if it is a scenario. What is doubtful about it is told; what is
 * wrong is thrown as BadInput.
 */
export function openPlayable(played: Played, which: Which, tell: (text: string) => void): Playable {
  if ('log' in played) return logOf(played.log, tell);
  if ('recording' in played) return recordingOf(played.recording, tell);
  const { seed, branch } = which;
  const { expansion } = played;
  const scenario = openScenario(played.scenario, tell, { expansion, ...choiceOf(which) });
  const seeded = { ...scenario, settings: { ...scenario.settings, seed: seed ?? scenario.settings.seed } };
  const header = logHeaderOf(scenario, seeded.settings.seed, PRODUCT_VERSION);
  const playable: Playable = {
    name: scenario.name,
    ground: { scenario: seeded },
    origin: { header, ...sourceOf(played.scenario, expansion), files: scenario.files },
    commits: () => commits(startScenario(seeded)),
  };
  return branch === undefined ? playable : branchOf(playable, seeded, branch);
}

/** A branch that the story tells of, from the story's beginning to its own end. */
function branchOf(playable: Playable, scenario: Scenario, name: string): Playable {
  const way = wayTo(scenario, name);
  if (way.length === 0) {
    const known = plansIn(scenario.steps).map((plan) => plan.name);
    throw new BadInput(({ wrong }) => wrong.noBranch(name, known));
  }
  let timeline = createTimeline([...playable.commits()].flat());
  let { header } = playable.origin;
  let told: StoryBranch | undefined;
  for (const plan of way) {
    if (told) timeline = playedToEnd(told);
    const within = told?.scenario ?? scenario;
    const offered = branchesOf(within).find(([, each]) => each.name === plan.name);
    told = offered && forkStory(timeline, within, offered);
    if (!told) throw new BadInput(({ wrong }) => wrong.noBranch(plan.name, []));
    header = branchHeaderOf(header, plan.name, told.fork.at);
  }
  if (!told) return playable;
  const { fork } = told;
  const shared = timeline.entries.between(1, fork.at);
  return {
    ...playable,
    branch: name,
    ground: { scenario: told.scenario },
    origin: { ...playable.origin, header },
    *commits() {
      yield* commitsOf(shared);
      yield* commits(fork.run);
    },
  };
}

/**
 * What a branch is saved with: one that was put together from several files is written as what it came to.
 */
function sourceOf(
  { files, entry }: ScenarioFiles,
  { source, parts, chosen }: Expansion,
): { readonly text?: string } {
  const text = files[entry];
  if (text === undefined) return {};
  const isPlain = parts.length <= 1 && chosen.title === '' && !/^(?:parameters|setup|teardown):/m.test(text);
  return { text: isPlain || !source ? text : flatText(source.value) };
}

function logOf(path: string, tell: (text: string) => void): Playable {
  const { header, archive, keepsEvery, part, damage, commits } = readLog(path, tell);
  const [first, rest] = begun(commits());
  const branch = header.branches?.at(-1)?.name;
  const source = scenarioOf(header);
  const alone = source ? undefined : scenarioOfLog(header.scenario.name, first);
  return {
    name: header.scenario.name,
    notice: damage,
    ...(part && { part }),
    found: { archive, keepsEvery },
    ...(source && { ground: { scenario: toldBy(source.scenario, header) } }),
    ...(alone && { ground: { scenario: alone, isUnknown: true } }),
    ...(branch !== undefined && { branch }),
    origin: { header, ...(source && { text: source.text }), files: source?.scenario.files ?? {} },
    commits: () => rest,
  };
}

/** What was recorded of a real cluster can't be forked: nobody simulates it. */
function recordingOf(path: string, tell: (text: string) => void): Playable {
  const { recording, damage } = openRecording(path);
  for (const each of damage) tell(`${each}\n`);
  const { name } = recording;
  const header: LogHeader = {
    kubereel: 'log',
    formatVersion: LOG_FORMAT_VERSION,
    product: PRODUCT_VERSION,
    seed: '1',
    scenario: { name, digest: '' },
  };
  return {
    name,
    ...(damage[0] !== undefined && { notice: () => damage[0] }),
    origin: { header, files: {} },
    commits: () => commitsOf(recordedEntries(recording)),
  };
}

function* commitsOf(entries: Iterable<Entry<Event>>): Generator<readonly Entry<Event>[]> {
  let commit: Entry<Event>[] = [];
  for (const entry of entries) {
    commit.push(entry);
    if (entry.more) continue;
    yield commit;
    commit = [];
  }
}

/** The first commit, and all of them, of which no other has been read yet. */
function begun(
  commits: Generator<readonly Entry<Event>[], void, void>,
): readonly [first: readonly Entry<Event>[], all: Iterable<readonly Entry<Event>[]>] {
  const first = commits.next().value ?? [];
  const all = function* (): Generator<readonly Entry<Event>[], void, void> {
    if (first.length > 0) yield first;
    yield* commits;
  };
  return [first, all()];
}

/** The scenario that a log is a run of, if it came with the program and is the same. */
function scenarioOf({ scenario: { name, digest, given = {} } }: LogHeader) {
  if (!bundledNames().includes(name)) return undefined;
  const files = readScenarioFiles(name);
  const set = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, String(value)]));
  const expansion = expandScenario(files.files, files.entry, { set });
  const { scenario } = loadScenario(files.files, files.entry, { expansion });
  if (!scenario) return undefined;
  const { text } = sourceOf(files, expansion);
  return scenario.digest === digest && text !== undefined ? { scenario, text } : undefined;
}

/** The log of a branch that the story tells of goes on as that does. */
function toldBy(scenario: Scenario, { branches = [] }: LogHeader): Scenario {
  return branches.reduce((told, { name }) => {
    const planned = branchesOf(told).find(([, plan]) => plan.name === name);
    return planned ? branchScenario(told, planned[1]) : told;
  }, scenario);
}
