import { firstAbove } from '../kernel/table/first-above.ts';
import type { Millis } from '../kernel/time/millis.ts';
import { type Beat, FIRST_BEAT, waitAfter } from './pace.ts';
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

/** The place after the next commit that has something to show. */
export function nextBeat(timeline: Timeline, seq: number): number {
  const { seqs } = timeline.beats;
  return seqs[firstAbove(seqs, seq)] ?? timeline.stops.at(-1) ?? 0;
}

/** The place after the commit before that has something to show. */
export function previousBeat({ beats }: Timeline, seq: number): number {
  return beats.seqs[firstAbove(beats.seqs, seq - 1) - 1] ?? 0;
}

/** The last place not after a time in virtual milliseconds. */
export function stopAtTime(timeline: Timeline, at: Millis): number {
  const { stops } = timeline;
  return stops[firstAbove(stops, at, (stop) => timeline.timeOf(stop)) - 1] ?? 0;
}

/**
 * The moment at which the next step has been told: all that it does has happened, and the step after it is
 * about to begin. So a command is seen with its output, whatever follows. The last moment when there is none.
 */
export function nextStep(timeline: Timeline, seq: number): Moment {
  const { steps, stops } = timeline;
  for (let index = Math.max(0, firstAbove(steps, seq) - 1); index < steps.length; index++) {
    const place = stepEnd(timeline, index);
    if (place > seq) return endOfStep(timeline, index);
  }
  return momentOf(timeline, stops.at(-1) ?? 0);
}

/** The moment at which the step before has been told; the beginning when there is none. */
export function previousStep(timeline: Timeline, seq: number): Moment {
  for (let index = firstAbove(timeline.steps, seq) - 1; index >= 0; index--) {
    if (stepEnd(timeline, index) < seq) return endOfStep(timeline, index);
  }
  return momentOf(timeline, 0);
}

/** The last place of a step; of one that is still being simulated, the place where it begins. */
function stepEnd(timeline: Timeline, index: number): number {
  const { steps, stops, complete } = timeline;
  const begins = commitOf(timeline, steps[index] ?? 0);
  const next = steps[index + 1];
  if (next !== undefined) return Math.max(begins, previousStop(timeline, commitOf(timeline, next)));
  return complete ? (stops.at(-1) ?? 0) : begins;
}

/** A wait has passed, though its end left no entry. */
function endOfStep(timeline: Timeline, index: number): Moment {
  const cursor = stepEnd(timeline, index);
  const next = timeline.steps[index + 1];
  const clock = next === undefined ? 0 : timeline.timeOf(next) - 1;
  if (clock <= timeline.timeOf(cursor)) return momentOf(timeline, cursor);
  return { ...momentAtTime(timeline, clock), cursor };
}

/** The end of the commit that an entry belongs to. */
export function commitOf({ stops }: Timeline, seq: number): number {
  return stops[firstAbove(stops, seq - 1)] ?? stops.at(-1) ?? 0;
}

/** A moment of playing: where one stands, and the virtual time, which runs between the places. */
export interface Moment {
  readonly cursor: number;
  readonly clock: Millis;
  /** Milliseconds of playing, at speed 1, up to here. */
  readonly played: number;
}

/** The moment after so many milliseconds of playing. */
export function momentAt(timeline: Timeline, played: number): Moment {
  const { beat, next } = between(timeline, firstAbove(timeline.beats.playedAt, played) - 1);
  const waitFrom = Math.max(beat.playedAt, next.playedAt - waitAfter(beat, next.at));
  const part = fraction(played - waitFrom, next.playedAt - waitFrom);
  const clock = beat.at + part * (next.at - beat.at);
  const last = previousStop(timeline, next.seq);
  const cursor = part >= 1 ? next.seq : Math.max(beat.seq, Math.min(stopAtTime(timeline, clock), last));
  return { cursor, clock, played: Math.min(Math.max(0, played), next.playedAt) };
}

/** The moment at a place: its commit has just happened. */
export function momentOf(timeline: Timeline, cursor: number): Moment {
  const { beat, next } = between(timeline, firstAbove(timeline.beats.seqs, cursor) - 1);
  const clock = timeline.timeOf(cursor);
  if (cursor === beat.seq) return { cursor, clock, played: beat.playedAt };
  return { cursor, clock, played: playedAtTime(beat, next, clock) };
}

/** The moment at a virtual time: all that happened until then has happened. */
export function momentAtTime(timeline: Timeline, at: Millis): Moment {
  const clock = Math.min(Math.max(at, 0), timeline.duration);
  const cursor = stopAtTime(timeline, clock);
  const { beat, next } = between(timeline, firstAbove(timeline.beats.seqs, cursor) - 1);
  return { cursor, clock, played: playedAtTime(beat, next, clock) };
}

/** Milliseconds of playing from the beginning to the end of what there is. */
export function playedInAll(timeline: Timeline): number {
  return between(timeline, timeline.beats.length - 1).next.playedAt;
}

/** For how much longer one reads, in milliseconds of playing; 0 while time goes on. */
export function readingLeft(timeline: Timeline, played: number): number {
  const { beat, next } = between(timeline, firstAbove(timeline.beats.playedAt, played) - 1);
  return Math.max(0, next.playedAt - waitAfter(beat, next.at) - played);
}

/** The wait that a moment of playing is in: virtual milliseconds, and how much faster they go by. */
export function waitAt(timeline: Timeline, played: number): { readonly ms: Millis; readonly rate: number } {
  const { beat, next } = between(timeline, firstAbove(timeline.beats.playedAt, played) - 1);
  const ms = Math.max(0, next.at - beat.at);
  return { ms, rate: ms / Math.max(1, waitAfter(beat, next.at)) };
}

/** The beat of an index, and what comes after it: the next one, or the end of what there is. */
function between(timeline: Timeline, index: number): { readonly beat: Beat; readonly next: Beat } {
  const beat = timeline.beats.of(index) ?? FIRST_BEAT;
  const end = { ...FIRST_BEAT, seq: timeline.stops.at(-1) ?? 0, at: timeline.duration };
  const next = timeline.beats.of(index + 1) ?? {
    ...end,
    playedAt: beat.playedAt + beat.holdMs + waitAfter(beat, end.at),
  };
  return { beat, next };
}

function playedAtTime(beat: Beat, next: Beat, clock: Millis): number {
  const waitMs = waitAfter(beat, next.at);
  return next.playedAt - waitMs * (1 - fraction(clock - beat.at, next.at - beat.at));
}

function fraction(part: number, whole: number): number {
  if (whole <= 0) return part >= 0 ? 1 : 0;
  return Math.min(1, Math.max(0, part / whole));
}
