import { inLanguage } from '../replay/story.ts';
import type { ScreenWords } from '../words/screen-words.ts';
import { alignedRows, padded } from './columns.ts';
import { BINDINGS } from './keymap.ts';
import { type Line, lineOf, type PaneBody } from './line.ts';
import { MARK_KINDS, MARKS } from './scrubber-marks.ts';

interface Reading {
  readonly words: ScreenWords;
  readonly language: string;
  /** Lines that the reader has scrolled down. */
  readonly top: number;
  readonly height: number;
}

/** All keys, and what the marks mean. */
export function helpLines({ words, language, top, height }: Reading): PaneBody {
  const cells = BINDINGS.map(({ keys, does }) => [padded(keys, 5), inLanguage(does, language)]);
  const half = Math.ceil(cells.length / 2);
  const rows = alignedRows(
    cells.slice(0, half).map((left, index) => [...left, ...(cells[half + index] ?? [])]),
  );
  const lines = [
    ...rows.map((row) => lineOf(` ${row}`)),
    lineOf(''),
    markLegend(words),
    ...words.legend.map((line) => lineOf(` ${line}`)),
  ];
  const last = Math.max(0, lines.length - (height - 1));
  const from = Math.max(0, Math.min(top, last));
  const more = [...(from > 0 ? [`↑ ${from}`] : []), ...(from < last ? [`↓ ${last - from}`] : [])];
  return {
    title: [words.help, ...more].join('  '),
    lines: lines.slice(from, from + height - 1),
    room: { first: 0, last, page: Math.max(1, height - 2) },
  };
}

/** What stands on the time line, as it stands there. */
function markLegend(words: ScreenWords): Line {
  return MARK_KINDS.flatMap((kind) => [
    { text: ` ${MARKS[kind].glyph}`, tone: MARKS[kind].tone },
    { text: ` ${words.marks[kind]}  ` },
  ]);
}
