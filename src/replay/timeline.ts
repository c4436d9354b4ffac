import type { Event } from '../cluster/contract/event.ts';
import { evolve } from '../cluster/world/evolve.ts';
import { emptyWorld, type World } from '../cluster/world/world.ts';
import type { Entry } from '../kernel/log/entry.ts';
import type { Millis } from '../kernel/time/millis.ts';

/**
 * A log in time: its entries, and every world that it went through. It grows while a run goes on. Any log
 * will do, one recorded elsewhere too: nothing here knows how its entries came about.
 */
export interface Timeline {
  readonly entries: readonly Entry<Event>[];
  /** seq of the last entry of each commit, ascending: the places where one can stand. */
  readonly stops: readonly number[];
  /** seq of the first entry of each scenario step, by the order of the steps. */
  readonly steps: readonly number[];
  /** Takes the next entry. */
  append(entry: Entry<Event>): void;
  /** The world after entry `seq`; 0 is the world before the first. */
  worldAt(seq: number): World;
  /** Virtual milliseconds of entry `seq`; 0 before the first. */
  timeOf(seq: number): Millis;
  /** Virtual milliseconds of the last entry. */
  readonly duration: Millis;
}

export function createTimeline(entries: Iterable<Entry<Event>> = []): Timeline {
  const all: Entry<Event>[] = [];
  const stops: number[] = [];
  const steps: number[] = [];
  let world = emptyWorld();
  const timeline: Timeline = {
    entries: all,
    stops,
    steps,
    append(entry) {
      world = evolve(world, entry);
      all.push(entry);
      if (!entry.more) stops.push(entry.seq);
      if (entry.event.type === 'StepBegan') steps.push(entry.seq);
    },
    worldAt: (seq) => ({ seq, at: timeline.timeOf(seq), store: world.store }),
    timeOf: (seq) => all[seq - 1]?.at ?? 0,
    get duration() {
      return world.at;
    },
  };
  for (const entry of entries) timeline.append(entry);
  return timeline;
}
