import type { Millis } from '../kernel/time/millis.ts';
import { playedInAll } from '../replay/seek.ts';
import type { Timeline } from '../replay/timeline.ts';
import { formatClock } from '../report/clock.ts';

interface Scrubbed {
  readonly clock: Millis;
  readonly duration: Millis;
  /** Nothing more will come. */
  readonly complete: boolean;
  readonly width: number;
}

/** How a scrubber is divided: the time that it is, and the cells for the run itself. */
export function scrubberWidths({ clock, duration, complete, width }: Scrubbed): {
  readonly head: number;
  readonly cells: number;
} {
  const head = formatClock(clock).length;
  return { head, cells: Math.max(10, width - head - tailOf(duration, complete).length - 4) };
}

/** A scrubber in one line, with the mark of each of its cells. */
export function scrubberLine(scrubbed: Scrubbed, markOf: (cell: number) => string): string {
  const { cells } = scrubberWidths(scrubbed);
  const bar = Array.from({ length: cells }, (_, cell) => markOf(cell)).join('');
  const { head, tail } = scrubberEnds(scrubbed);
  return `${head}${bar}${tail}`;
}

/** What stands before the cells of a scrubber, and after them. */
export function scrubberEnds({ clock, duration, complete }: Scrubbed): {
  readonly head: string;
  readonly tail: string;
} {
  return { head: ` ${formatClock(clock)} `, tail: ` ${tailOf(duration, complete)}` };
}

/** The cell of a moment, given in milliseconds of playing. */
export function cellAt(timeline: Timeline, cells: number, played: number): number {
  return Math.min(cells - 1, Math.floor((played / Math.max(1, playedInAll(timeline))) * cells));
}

function tailOf(duration: Millis, complete: boolean): string {
  return `${formatClock(duration)}${complete ? '' : '…'}`;
}
