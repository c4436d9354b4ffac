import { firstAbove } from '../kernel/table/first-above.ts';
import { momentAt, playedInAll } from '../replay/seek.ts';
import type { Timeline } from '../replay/timeline.ts';

interface Known {
  readonly stops: number;
  readonly complete: boolean;
  readonly places: readonly number[];
}

const known = new WeakMap<Timeline, Map<number, Known>>();

/** A cell ends right before the next one begins. */
const INSTANT_MS = 1e-6;

/** A time line of so many cells: the place at which each cell ends, as the whole is played. */
export function placesOfCells(timeline: Timeline, cells: number): readonly number[] {
  const { complete, stops } = timeline;
  const byCells = known.get(timeline) ?? new Map<number, Known>();
  known.set(timeline, byCells);
  const last = byCells.get(cells);
  if (last && last.stops === stops.length && last.complete === complete) return last.places;
  const whole = playedInAll(timeline);
  const places = Array.from({ length: cells }, (_, cell) =>
    cell === cells - 1
      ? (stops.at(-1) ?? 0)
      : momentAt(timeline, ((cell + 1) / cells) * whole - INSTANT_MS).cursor,
  );
  // Another size of the screen is another time line.
  if (byCells.size > 8) byCells.clear();
  byCells.set(cells, { stops: stops.length, complete, places });
  return places;
}

/** Whether a list of seqs, ascending, has one in a span, `from` not included. */
export function hasBetween(seqs: readonly number[], from: number, to: number): boolean {
  const next = seqs[firstAbove(seqs, from)];
  return next !== undefined && next <= to;
}
