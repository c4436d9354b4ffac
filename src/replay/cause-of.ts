import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';

/**
 * seq of the entry that led to another. Whoever asks why requests were lost asks for what they were lost to,
 * not for what made somebody count them; and of what was measured, for the load.
 */
export function causeOf({ event, cause }: Entry<Event>): number | null {
  if (event.type === 'UsageScraped') return event.follows ?? cause;
  return ('losses' in event && event.losses?.[0]?.cause) || cause;
}
