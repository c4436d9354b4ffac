import { shellQuoted } from '../cluster/clients/command-line/shell-quoted.ts';
import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { commits } from '../kernel/run/run.ts';
import { formatGoDuration } from '../kernel/time/go-duration.ts';
import type { Millis } from '../kernel/time/millis.ts';
import { everyBranch, playBranches, type StoryBranch } from '../replay/fork-story.ts';
import { createTimeline } from '../replay/timeline.ts';
import { branchesOf } from '../scenario/branch-scenario.ts';
import { type Missed, startScenario } from '../scenario/play.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Case, CaseResult, Failure } from './case.ts';
import { explainMiss } from './explain-miss.ts';

export interface RunOptions {
  readonly language: string;
  /** The story must have ended by then, in virtual milliseconds. */
  readonly timeoutMs: Millis;
}

export interface Ran {
  readonly result: CaseResult;
  readonly log: readonly Entry<Event>[];
  /** The branches that its story tells of, each played to its end. */
  readonly branches: readonly StoryBranch[];
}

/** Runs a scenario to its end and says of everything that was missed what there is to say. */
export function runCase(of: Case, scenario: Scenario, options: RunOptions): Ran {
  const seed = of.seed ?? scenario.settings.seed;
  const { log, isLate } = logOf(scenario, seed, options.timeoutMs);
  const end = log.at(-1)?.at ?? 0;
  const passed = log.some(({ event }) => event.type === 'ScenarioEnded' && event.passed);
  const missing: Missing = { of, scenario, language: options.language };
  const branches = isLate ? [] : branchesIn(log, scenario);
  const failures = [
    ...missesIn(log, missing),
    ...everyBranch(branches).flatMap((branch) => missesInBranch(branch, missing)),
    ...(isLate ? [lateness(options.timeoutMs, openLine(of, log.length))] : []),
  ];
  return {
    log,
    branches,
    result: {
      ...of,
      seed,
      ownSeed: seed === scenario.settings.seed,
      tags: scenario.tags,
      outcome: passed && failures.length === 0 ? 'passed' : 'failed',
      failures,
      notices: log.flatMap(({ event }) =>
        event.type === 'NoticeGiven' ? [{ about: event.about, message: event.message }] : [],
      ),
      entries: log.length,
      virtualMs: end,
      snapshots: [],
    },
  };
}

function logOf(scenario: Scenario, seed: string, timeoutMs: Millis) {
  const log: Entry<Event>[] = [];
  for (const commit of commits(startScenario(scenario, { seed }))) {
    if ((commit[0]?.at ?? 0) > timeoutMs) return { log, isLate: true };
    log.push(...commit);
  }
  return { log, isLate: false };
}

/** The branches of a run; for a story that tells of none this costs nothing. */
export function branchesIn(log: readonly Entry<Event>[], scenario: Scenario): readonly StoryBranch[] {
  return branchesOf(scenario).length === 0 ? [] : playBranches(createTimeline(log), scenario);
}

export interface Missing {
  /** What the player is opened with. */
  readonly of: Opened;
  readonly scenario: Scenario;
  readonly language: string;
}

/** Everything that was missed in a log, which is folded once more if there is anything. */
export function missesIn(
  log: readonly Entry<Event>[],
  { of, scenario, language }: Missing,
): readonly Failure[] {
  const missed = log.flatMap((entry) => (isMissed(entry.event) ? [{ entry, event: entry.event }] : []));
  if (missed.length === 0) return [];
  const timeline = createTimeline(log);
  const open = (seq: number): string => openLine(of, seq);
  return missed.map(({ entry, event }) => explainMiss(entry, event, { timeline, scenario, language, open }));
}

/** What was missed in a branch, after it has left the story. */
export function missesInBranch(
  { name, after, scenario, fork: { timeline, at } }: StoryBranch,
  { of, language }: Omit<Missing, 'scenario'>,
): readonly Failure[] {
  const own = timeline.entries.between(at + 1, timeline.entries.length);
  const open = (seq: number): string => openLine({ ...of, branch: name }, seq);
  const explaining = { timeline, scenario, language, open, branch: { name, after } };
  return own.flatMap((entry) => (isMissed(entry.event) ? [explainMiss(entry, entry.event, explaining)] : []));
}

function isMissed(event: Event): event is Missed {
  return event.type === 'ExpectationMissed' || event.type === 'InvariantBroken';
}

function lateness(timeoutMs: Millis, open: string): Failure {
  return {
    kind: 'timeout',
    what: `the scenario ends within ${formatGoDuration(timeoutMs)}`,
    why: 'its story still goes on then',
    at: timeoutMs,
    open,
  };
}

/** What the player is opened with. */
export interface Opened extends Pick<Case, 'path' | 'seed' | 'case' | 'set'> {
  readonly branch?: string;
}

/** How the player is opened at an entry. */
export function openLine({ path, seed, case: of, set = {}, branch }: Opened, seq: number): string {
  const words = [
    ...(seed === undefined ? [] : ['--seed', seed]),
    ...Object.entries(set).flatMap(([name, value]) => ['--set', `${name}=${value}`]),
    ...(of === undefined ? [] : ['--case', of.replaceAll(', ', ',')]),
    ...(branch === undefined ? [] : ['--branch', branch]),
  ];
  return ['kubereel play', shellQuoted(path), ...words.map(shellQuoted), '--at', seq].join(' ');
}
