import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { isNotable } from './notable.ts';
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
 * Whoever asks why requests were lost asks for what they were lost to, not for what made somebody count them.
 */
function causeOf({ event, cause }: Entry<Event>): number | null {
  return ('losses' in event && event.losses?.[0]?.cause) || cause;
}

/** The same for a reader: the causes that tell something. The last is whoever began it, in any case. */
export function notableCauses(timeline: Timeline, seq: number): readonly Entry<Event>[] {
  const causes = [...why(timeline, seq)];
  return causes.filter((entry, index) => isNotable(entry) || index === causes.length - 1);
}
