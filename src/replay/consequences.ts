import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
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
  timeline: Timeline,
  seqs: readonly number[],
): Generator<Consequence, void, void> {
  for (const [seq, depth] of followed(timeline, seqs)) {
    const entry = timeline.entries.of(seq);
    if (entry) yield { entry, depth };
  }
}

/**
 * The same for a reader: what tells something of all that followed from the work that an entry is part of.
 * No more of it than is asked for.
 */
export function notableConsequences(
  timeline: Timeline,
  seq: number,
  most = Number.POSITIVE_INFINITY,
): readonly Consequence[] {
  const end = commitOf(timeline, seq);
  const first = previousStop(timeline, end) + 1;
  const work = Array.from({ length: end - first + 1 }, (_, index) => first + index);
  const told: Consequence[] = [];
  if (work.length === 0) return told;
  for (const [effect, depth] of followed(timeline, work)) {
    if (told.length >= most) break;
    const entry = timeline.facts.isNotable(effect) ? timeline.entries.of(effect) : undefined;
    if (entry) told.push({ entry, depth });
  }
  return told;
}

function* followed(
  { facts, entries }: Timeline,
  seqs: readonly number[],
): Generator<readonly [seq: number, depth: number], void, void> {
  const first = Math.min(...seqs);
  const count = entries.length;
  /** By how much later than the first; 0 for what did not follow, 1 for the work itself. */
  const depths = new Int32Array(Math.max(0, count - first + 1));
  for (const seq of seqs) depths[seq - first] = 1;
  for (let seq = first; seq <= count; seq++) {
    const cause = facts.causeOf(seq);
    const depth = cause >= first ? (depths[cause - first] ?? 0) : 0;
    if (depth === 0 || depths[seq - first] !== 0) continue;
    depths[seq - first] = depth + 1;
    yield [seq, depth];
  }
}
