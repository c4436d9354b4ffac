import type { Millis } from '../kernel/time/millis.ts';
import type { Timeline } from './timeline.ts';

/**
 * Where one can stand: after a commit, or before the first (seq 0). Every function here gives such a place.
 */

/** The place after the next commit. */
export function nextStop({ stops }: Timeline, seq: number): number {
  return stops[firstAbove(stops, seq)] ?? stops.at(-1) ?? 0;
}

/** The place after the commit before. */
export function previousStop({ stops }: Timeline, seq: number): number {
  return stops[firstAbove(stops, seq - 1) - 1] ?? 0;
}

/** The last place not after a time in virtual milliseconds. */
export function stopAtTime(timeline: Timeline, at: Millis): number {
  const { stops } = timeline;
  let low = 0;
  let high = stops.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timeline.timeOf(stops[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return stops[low - 1] ?? 0;
}

/** The place of a part of the whole, 0 to 1, by time. */
export function stopAtPart(timeline: Timeline, part: number): number {
  return part >= 1 ? (timeline.stops.at(-1) ?? 0) : stopAtTime(timeline, timeline.duration * part);
}

/** The place at which the next step of the scenario has just begun; the last place when there is none. */
export function nextStep(timeline: Timeline, seq: number): number {
  const step = timeline.steps[firstAbove(timeline.steps, seq)];
  return step === undefined ? (timeline.stops.at(-1) ?? 0) : commitOf(timeline, step);
}

/** The place at which the step began that one is in, or if one stands there already, the step before. */
export function previousStep(timeline: Timeline, seq: number): number {
  const begun = timeline.steps.filter((step) => commitOf(timeline, step) < seq);
  return begun.length === 0 ? 0 : commitOf(timeline, begun.at(-1) ?? 0);
}

/** The end of the commit that an entry belongs to. */
export function commitOf({ stops }: Timeline, seq: number): number {
  return stops[firstAbove(stops, seq - 1)] ?? stops.at(-1) ?? 0;
}

/** Index of the first number above a limit, in an ascending list. */
function firstAbove(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
