import type { Millis } from '../../kernel/time/millis.ts';
import type { Timeline } from '../../replay/timeline.ts';
import { formatClock } from '../clock.ts';
import type { Drawing } from './svg.ts';

/** Where time begins and ends in a picture, in pixels of its own. */
export const FIELD = { width: 960, left: 250, right: 20 } as const;

/** Where a time stands in a picture. */
export type Scale = (at: Millis) => number;

export function timeScale({ duration }: Pick<Timeline, 'duration'>): Scale {
  const whole = Math.max(1, duration);
  return (at) => FIELD.left + (Math.max(0, at) / whole) * (FIELD.width - FIELD.left - FIELD.right);
}

/** Seconds between two marks: the smallest that leaves room for the times. */
const TICKS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400];
const WEEK = 86_400 * 7;
const TICK_ROOM = 90;

/** The smallest round span of which a run has no more than so many. */
export function roundSpan(duration: Millis, most: number): Millis {
  return (TICKS.find((seconds) => duration / 1000 / seconds <= most) ?? WEEK) * 1000;
}

/** Times below a picture. */
export function timeAxis(duration: Millis, draw: Drawing, y: number): readonly string[] {
  const scale = timeScale({ duration });
  const tick = roundSpan(duration, Math.floor((FIELD.width - FIELD.left - FIELD.right) / TICK_ROOM));
  const count = Math.floor(duration / tick) + 1;
  return Array.from({ length: count }, (_, index) =>
    draw.text([scale(index * tick), y], formatClock(index * tick).replace(/\.\d+$/, ''), 'faint', 'middle'),
  );
}

/** A number is left out where it would stand on the one before it. */
const STEP_ROOM = 18;

/** A line and a number for each step of the scenario. */
export function stepMarks(
  timeline: Timeline,
  draw: Drawing,
  { from, to }: { readonly from: number; readonly to: number },
): readonly string[] {
  const scale = timeScale(timeline);
  let last = Number.NEGATIVE_INFINITY;
  return timeline.steps.flatMap((seq, index) => {
    const x = scale(timeline.timeOf(seq));
    if (x - last < STEP_ROOM) return [];
    last = x;
    return [draw.line(x, from, x, to), draw.text([x, from - 4], String(index + 1), 'faint', 'middle')];
  });
}
