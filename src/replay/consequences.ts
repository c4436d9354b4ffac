import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { causeOf } from './cause-of.ts';
import { isNotable } from './notable.ts';
import { commitOf, previousStop } from './seek.ts';
import type { Timeline } from './timeline.ts';

/** An entry that followed from another, and how many causes lie between the two. */
export interface Consequence {
  readonly entry: Entry<Event>;
  /** 1 for what followed from it directly. */
  readonly depth: number;
}

/** All that followed from entries, in the order in which it happened: `why`, the other way round. */
export function* consequencesOf(
  { entries }: Timeline,
  seqs: readonly number[],
): Generator<Consequence, void, void> {
  const depths = new Map(seqs.map((seq) => [seq, 0]));
  for (let index = Math.min(...seqs); index < entries.length; index++) {
    const entry = entries[index];
    const depth = entry && depths.get(causeOf(entry) ?? 0);
    if (entry === undefined || depth === undefined || depths.has(entry.seq)) continue;
    depths.set(entry.seq, depth + 1);
    yield { entry, depth: depth + 1 };
  }
}

/**
 * The same for a reader: what tells something of all that followed from the work that an entry is part of.
 */
export function notableConsequences(timeline: Timeline, seq: number): readonly Consequence[] {
  const end = commitOf(timeline, seq);
  const first = previousStop(timeline, end) + 1;
  const work = Array.from({ length: end - first + 1 }, (_, index) => first + index);
  return work.length === 0 ? [] : [...consequencesOf(timeline, work)].filter(({ entry }) => isNotable(entry));
}
