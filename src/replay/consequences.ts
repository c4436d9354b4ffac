import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { causeOf } from './cause-of.ts';
import type { Timeline } from './timeline.ts';

/** An entry that followed from another, and how many causes lie between the two. */
export interface Consequence {
  readonly entry: Entry<Event>;
  /** 1 for what followed from it directly. */
  readonly depth: number;
}

/** All that followed from an entry, in the order in which it happened: `why`, the other way round. */
export function* consequencesOf({ entries }: Timeline, seq: number): Generator<Consequence, void, void> {
  const depths = new Map([[seq, 0]]);
  for (let index = seq; index < entries.length; index++) {
    const entry = entries[index];
    const depth = entry && depths.get(causeOf(entry) ?? 0);
    if (entry === undefined || depth === undefined) continue;
    depths.set(entry.seq, depth + 1);
    yield { entry, depth: depth + 1 };
  }
}
