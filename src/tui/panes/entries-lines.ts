import { cellsIn, cutToCells, padded } from '../columns.ts';
import { causeLines, type EntryRow, entryRows } from '../entry-rows.ts';
import type { Box } from '../layout.ts';
import { type Line, lineOf, type PaneBody } from '../line.ts';
import { titleLine } from '../title-line.ts';
import type { Tone } from '../tones.ts';
import type { Seen } from './seen.ts';

const CAUSES = { least: 2, most: 7, part: 0.4 } as const;

/** What happened around the cursor, and why the last of it did. */
export function entriesLines({ timeline, player, view, words }: Seen, { width, height }: Box): PaneBody {
  const reader = { timeline, player, language: view.language };
  const most = height > 40 ? 2 * CAUSES.most : CAUSES.most;
  const causesRoom = Math.max(CAUSES.least, Math.min(most, Math.floor((height - 2) * CAUSES.part)));
  const rows = entryRows(reader, { width, height: height - 2 - causesRoom });
  const { whole, causes } = causeLines(reader, { width, height: causesRoom });
  return {
    title: words.entries,
    lines: [
      ...(rows.length === 0 ? [lineOf(` ${words.noEntries}`, 'faint')] : []),
      ...rows.map((row) => rowLine(row, width)),
      lineOf(titleLine(words.why, width), 'faint'),
      ...whole.map((line) => lineOf(` ${line}`)),
      ...(causes.length === 0 && rows.length > 0 ? [lineOf(` ${words.beginning}`, 'faint')] : []),
      ...causes.map((cause, index) => lineOf(`${'  '.repeat(Math.min(index, 8))} └ ${cause}`)),
    ],
    room: { first: 0, last: 0, page: 1 },
  };
}

function rowLine({ text, cause, place, isWarning, isOfSelected }: EntryRow, width: number): Line {
  const mark = place === 'selected' ? '▸' : isOfSelected ? '◇' : isWarning ? '!' : ' ';
  const room = width - cellsIn(cause);
  const line =
    cause === '' ? `${mark}${text}` : `${padded(cutToCells(`${mark}${text}`, room), room)}${cause}`;
  return lineOf(place === 'selected' ? padded(line, width) : line, toneOf(place, isWarning));
}

function toneOf(place: EntryRow['place'], isWarning: boolean): Tone {
  if (place === 'selected') return 'current';
  if (place === 'ahead') return 'faint';
  return isWarning ? 'warning' : 'plain';
}
