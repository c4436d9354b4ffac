import { shellQuoted } from '../cluster/clients/command-line/shell-quoted.ts';
import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { commits } from '../kernel/run/run.ts';
import { formatGoDuration } from '../kernel/time/go-duration.ts';
import type { Millis } from '../kernel/time/millis.ts';
import { createTimeline } from '../replay/timeline.ts';
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
}

/** Runs a scenario to its end and says of everything that was missed what there is to say. */
export function runCase(of: Case, scenario: Scenario, options: RunOptions): Ran {
  const seed = of.seed ?? scenario.settings.seed;
  const { log, isLate } = logOf(scenario, seed, options.timeoutMs);
  const end = log.at(-1)?.at ?? 0;
  const passed = log.some(({ event }) => event.type === 'ScenarioEnded' && event.passed);
  const failures = [
    ...missesIn(log, { of, scenario, language: options.language }),
    ...(isLate ? [lateness(options.timeoutMs, openLine(of, log.length))] : []),
  ];
  return {
    log,
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

export interface Missing {
  /** What the player is opened with. */
  readonly of: Pick<Case, 'path' | 'seed'>;
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

/** How the player is opened at an entry. */
export function openLine({ path, seed }: Pick<Case, 'path' | 'seed'>, seq: number): string {
  const which = seed === undefined ? '' : ` --seed ${seed}`;
  return `kubereel play ${shellQuoted(path)}${which} --at ${seq}`;
}
