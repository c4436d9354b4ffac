import { printable } from '../report/printable.ts';
import { cellsIn, firstCells } from './columns.ts';
import type { Line, Segment } from './line.ts';
import { styled } from './tones.ts';

/** Lines of no more than so many cells, one below another. */
export interface Block {
  readonly width: number;
  readonly lines: readonly Line[];
}

/** Blocks side by side, a blank apart, as lines over all of them. */
export function besideEachOther(blocks: readonly Block[]): readonly Line[] {
  const height = Math.max(0, ...blocks.map(({ lines }) => lines.length));
  const last = blocks.length - 1;
  return Array.from({ length: height }, (_, row) =>
    blocks.flatMap(({ width, lines }, index) => {
      const line = lines[row] ?? [];
      return index === last ? line : [...line, { text: ' '.repeat(width + 1 - cellsOf(line)) }];
    }),
  );
}

/** The line as it can be shown, cut to so many cells, with a mark at its end where something is left out. */
export function fitted(line: Line, cells: number): Line {
  const clean = line.map(({ text, ...look }) => ({ text: onOneLine(text), ...look }));
  if (cellsOf(clean) <= cells) return clean;
  const cut: Segment[] = [];
  let left = cells - 1;
  for (const { text, ...look } of clean) {
    const taken = cellsIn(text);
    if (taken <= left) cut.push({ text, ...look });
    else return [...cut, { text: `${firstCells(text, left)}…`, ...look }];
    left -= taken;
  }
  return cut;
}

function cellsOf(line: Line): number {
  return line.reduce((sum, { text }) => sum + cellsIn(text), 0);
}

/** A line as a terminal is told to show it, without blanks at its end that nobody sees. */
export function terminalText(line: Line, colours: boolean): string {
  const isSeen = ({ text, tone }: Segment): boolean => tone === 'current' || text.trimEnd() !== '';
  const last = line.findLastIndex(isSeen);
  return line
    .slice(0, last + 1)
    .map((segment, index) => {
      const { text, tone = 'plain' } = segment;
      return styled(index === last && tone !== 'current' ? text.trimEnd() : text, tone, colours);
    })
    .join('');
}

/**
 * What is shown comes from logs, and theirs from anywhere: whatever a pane has made of it, nothing goes from
 * here to the terminal that it would act on.
 */
function onOneLine(text: string): string {
  return printable(text).replace(/[\n\t]/g, ' ');
}
