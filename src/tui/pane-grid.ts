import type { Layout, Slot } from './layout.ts';
import type { Line } from './line.ts';
import { besideEachOther } from './set-lines.ts';

/** The lines of all panes, each at its place. */
export function paneGrid(
  { columns, below }: Layout,
  linesOf: (slot: Slot) => readonly Line[],
): readonly Line[] {
  const blocks = columns.map((column) => ({
    width: column[0]?.width ?? 0,
    lines: column.flatMap((slot) => linesOf(slot)),
  }));
  return [...besideEachOther(blocks), ...(below ? linesOf(below) : [])];
}
