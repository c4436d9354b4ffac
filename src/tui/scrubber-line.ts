import type { Millis } from '../kernel/time/millis.ts';
import { formatClock } from '../report/clock.ts';

interface Scrubbed {
  readonly clock: Millis;
  readonly duration: Millis;
  /** Nothing more will come. */
  readonly complete: boolean;
  readonly width: number;
}

/** How many cells of a scrubber there are for the run itself, between its two times. */
export function scrubberCells({ clock, duration, complete, width }: Scrubbed): number {
  return Math.max(10, width - formatClock(clock).length - tailOf(duration, complete).length - 4);
}

/** A scrubber in one line, with the mark of each of its cells. */
export function scrubberLine(scrubbed: Scrubbed, markOf: (cell: number) => string): string {
  const bar = Array.from({ length: scrubberCells(scrubbed) }, (_, cell) => markOf(cell)).join('');
  const { clock, duration, complete } = scrubbed;
  return ` ${formatClock(clock)} ${bar} ${tailOf(duration, complete)}`;
}

function tailOf(duration: Millis, complete: boolean): string {
  return `${formatClock(duration)}${complete ? '' : '…'}`;
}
