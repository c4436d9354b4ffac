import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { causeOf } from './cause-of.ts';
import { isNotable } from './notable.ts';
import { commitOf, previousStop } from './seek.ts';
import type { Timeline } from './timeline.ts';

/** What led to an entry: its cause, the cause of that, and so on, up to whoever began it. */
export function* why({ entries }: Timeline, seq: number): Generator<Entry<Event>, void, void> {
  let effect = entries[seq - 1];
  while (effect) {
    const cause: Entry<Event> | undefined = entries[(causeOf(effect) ?? 0) - 1];
    // A cause comes before what it causes; a log that says otherwise must not hold its reader for ever.
    if (!cause || cause.seq >= effect.seq) return;
    yield cause;
    effect = cause;
  }
}

/**
 * The same for a reader: the causes that tell something. What one piece of work did belongs together: where
 * the cause itself only keeps the books, as a kubelet's request to look at a pod does, what tells something
 * beside it stands for it, as the probe that failed. The last is whoever began it, in any case.
 */
export function notableCauses(timeline: Timeline, seq: number): readonly Entry<Event>[] {
  const causes = [...why(timeline, seq)];
  const told = causes.flatMap((cause, index) => {
    return tellingOf(timeline, cause) ?? (index === causes.length - 1 ? cause : []);
  });
  return told.filter((entry, index) => entry.seq < seq && told.indexOf(entry) === index);
}

/** The entry, or the first of its commit that tells something. */
function tellingOf(timeline: Timeline, entry: Entry<Event>): Entry<Event> | undefined {
  if (isNotable(entry)) return entry;
  const end = commitOf(timeline, entry.seq);
  return timeline.entries.slice(previousStop(timeline, end), end).find(isNotable);
}
