import type { Event } from '../cluster/contract/event.ts';
import { branchWorld, type World } from '../cluster/world/world.ts';
import { type Commit, commits, type Run } from '../kernel/run/run.ts';
import type { Millis } from '../kernel/time/millis.ts';
import { forkScenario } from '../scenario/fork.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { settingsOf } from '../scenario/settings-of.ts';
import type { Typed } from '../scenario/typed-line.ts';
import { arrivalsIn } from './arrived.ts';
import { commitOf } from './seek.ts';
import { branchTimeline, type Timeline } from './timeline.ts';
import { typedIn } from './typed.ts';

/** A log of its own that begins as another one. */
export interface Fork {
  /** What the two share, and whatever is appended of the commits. */
  readonly timeline: Timeline;
  /** seq of the last entry that they share for certain: where it was forked. */
  readonly at: number;
  /** All that has been and will be typed in it by whoever has taken the story over. */
  readonly typed: readonly Typed[];
  /** The run that goes on from there. */
  readonly run: Run<World, Event>;
}

export interface ForkOrder {
  /** The run's scenario: its story, its files. Of a log whose scenario is not at hand, `unknownScenario`. */
  readonly scenario: Scenario;
  /** seq of an entry: the fork comes after its commit. */
  readonly at: number;
  /**
   * What is typed from there on: with the first line the story of the scenario ends, and the world runs on.
   * Without any, all goes on as in the original, with what was typed there.
   */
  readonly typed?: readonly Typed[];
}

/** Forks a log. Throws where `refusalToFork` has a reason. */
export function fork(timeline: Timeline, { scenario, at, typed = [] }: ForkOrder): Fork {
  if (refusalToFork(timeline)) throw new Error('this log is not of a simulated cluster');
  const seq = at <= 0 ? firstStop(timeline) : commitOf(timeline, at);
  const upTo = typed.length > 0 ? seq : timeline.entries.length;
  const before = typedIn(timeline, upTo);
  const all = [...before, ...typed];
  const log = timeline.entries.between(1, seq);
  const arrivals = arrivalsIn(timeline, upTo);
  const world = branchWorld(timeline.worldAt(seq));
  const run = forkScenario(scenario, log, { typed: all, world, ...(arrivals && { arrivals }) });
  return { timeline: branchTimeline(timeline, seq), at: seq, typed: all, run };
}

/** A cluster that is not there yet can not be forked: it comes with the first commit. */
function firstStop({ stops }: Timeline): number {
  return stops[0] ?? 0;
}

/**
 * Why a log can't be forked: it was recorded from a cluster that nobody simulates, so there is no state of
 * its machines to go on from. Undefined when it can.
 */
export function refusalToFork({ entries, stops }: Timeline): 'empty' | 'recorded' | undefined {
  if (stops.length === 0) return 'empty';
  if (!settingsOf(entries)) return 'recorded';
  const first = entries.between(1, stops[0] ?? 0);
  return first.some(({ event }) => event.type === 'MachineInstalled') ? undefined : 'recorded';
}

/**
 * Lets a fork go on until a virtual time, commit after commit, which its timeline takes in. The story of the
 * original may end before; a story that has been taken over never does.
 */
export function* goOn({ timeline, run }: Fork, until: Millis): Generator<Commit<Event>, void, void> {
  for (const commit of commits(run, until)) {
    for (const entry of commit) timeline.append(entry);
    yield commit;
  }
}
