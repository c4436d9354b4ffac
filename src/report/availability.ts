import type { Timeline } from '../replay/timeline.ts';
import { placesOfCells } from './time-cells.ts';
import { walkedOf } from './walked.ts';

/**
 * How many pods are ready over a whole run, and how many requests were lost, in each cell of its time line.
 */
export interface Availability {
  readonly ready: readonly number[];
  readonly mostReady: number;
  readonly lost: readonly number[];
  readonly mostLost: number;
  /** Where one stands. */
  readonly now: { readonly ready: number; readonly present: number; readonly lost: number };
  /** Somebody asks for something, so that requests could be lost. */
  readonly hasTraffic: boolean;
}

export function availabilityOf(
  timeline: Timeline,
  { cells, cursor }: { readonly cells: number; readonly cursor: number },
): Availability {
  const walked = walkedOf(timeline);
  const { pods } = timeline;
  const places = placesOfCells(timeline, cells);
  const ready = places.map((place) => pods.ready.at(place));
  const lostBy = places.map((place) => walked.lost.at(place));
  const lost = lostBy.map((count, cell) => count - (lostBy[cell - 1] ?? 0));
  return {
    ready,
    mostReady: Math.max(1, ...ready),
    lost,
    mostLost: Math.max(1, ...lost),
    now: {
      ready: pods.ready.at(cursor),
      present: pods.present.at(cursor),
      lost: walked.lost.at(cursor),
    },
    hasTraffic: walked.hasTraffic,
  };
}
