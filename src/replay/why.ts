import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { commitOf, previousStop } from './seek.ts';
import type { Timeline } from './timeline.ts';

/** What led to an entry: its cause, the cause of that, and so on, up to whoever began it. */
export function* why({ entries, facts }: Timeline, seq: number): Generator<Entry<Event>, void, void> {
  for (const cause of causesOf(facts, seq)) {
    const entry = entries.of(cause);
    if (entry) yield entry;
  }
}

/**
 * The same for a reader: the causes that tell something. What one piece of work did belongs together: where
 * the cause itself only keeps the books, as a kubelet's request to look at a pod does, what tells something
 * beside it stands for it, as the probe that failed. The last is whoever began it, in any case. A chain may
 * have a million links, and only those that are taken are looked at.
 */
export function* notableCauses(timeline: Timeline, seq: number): Generator<Entry<Event>, void, void> {
  const { facts, entries } = timeline;
  const told = new Set<number>();
  for (const cause of causesOf(facts, seq)) {
    const isFirst = facts.causeOf(cause) === 0;
    const telling = tellingOf(timeline, cause) ?? (isFirst ? cause : seq);
    if (telling >= seq || told.has(telling)) continue;
    told.add(telling);
    const entry = entries.of(telling);
    if (entry) yield entry;
  }
}

/** Who began what led to an entry: the last of its notable causes. Undefined where it has none. */
export function beginningOf(timeline: Timeline, seq: number): Entry<Event> | undefined {
  const origin = timeline.facts.originOf(seq);
  if (origin === 0 || origin >= seq) return undefined;
  const telling = tellingOf(timeline, origin) ?? origin;
  return timeline.entries.of(telling < seq ? telling : origin);
}

function* causesOf(facts: Timeline['facts'], seq: number): Generator<number, void, void> {
  for (let cause = facts.causeOf(seq); cause > 0; cause = facts.causeOf(cause)) yield cause;
}

/** seq of the entry, or of the first of its commit that tells something. */
function tellingOf(timeline: Timeline, seq: number): number | undefined {
  const { facts } = timeline;
  if (facts.isNotable(seq)) return seq;
  const end = commitOf(timeline, seq);
  for (let other = previousStop(timeline, end) + 1; other <= end; other++) {
    if (facts.isNotable(other)) return other;
  }
  return undefined;
}
