import type { Arrival } from '../scenario/arrival.ts';
import type { Timeline } from './timeline.ts';

/**
 * What came into a log from outside, up to an entry. Undefined where nobody outside ever asked for anything.
 */
export function arrivalsIn(
  { entries, facts, arrivals }: Timeline,
  upTo = entries.length,
): readonly Arrival[] | undefined {
  if (arrivals.length === 0) return undefined;
  return arrivals.flatMap((seq): readonly Arrival[] => {
    const event = seq <= upTo ? entries.of(seq)?.event : undefined;
    return event && 'arrival' in event ? [{ at: facts.timeOf(seq), event }] : [];
  });
}
