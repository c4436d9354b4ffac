import { printable } from '../report/printable.ts';
import { cellsIn, cutToCells } from './columns.ts';

interface Look {
  /** Other panes that could stand here. */
  readonly others?: readonly string[];
  /** The reader is in this pane. */
  readonly isFocus?: boolean;
}

/** `─ Title ──────── tab: others ─`, as wide as it is to be; a thicker line where the reader is. */
export function titleLine(title: string, width: number, { others = [], isFocus = false }: Look = {}): string {
  const line = isFocus ? '━' : '─';
  const name = cutToCells(printable(title).replace(/\s/g, ' '), width - 4);
  const room = width - cellsIn(name) - 4;
  const end = endText(others, line, room);
  const rule = line.repeat(Math.max(0, width - cellsIn(name) - cellsIn(end) - 3));
  return `${line} ${name} ${rule}${end}`;
}

/** As many of the others as there is room for. */
function endText(others: readonly string[], line: string, room: number): string {
  for (let count = others.length; count > 0; count--) {
    const names = others.slice(0, count).join(', ');
    const end = ` tab: ${names}${count < others.length ? ' …' : ''} ${line}`;
    if (cellsIn(end) <= room) return end;
  }
  return '';
}
