import stringWidth from 'string-width';
import { printable } from '../report/printable.ts';

/**
 * How many cells a text takes. Most letters are known to take one, and those of Korean two, which takes far
 * less to find out than what belongs together.
 */
export function cellsIn(text: string): number {
  if (PLAIN.test(text)) return text.length;
  if (!KNOWN.test(text)) return stringWidth(text);
  let cells = text.length;
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) >= HANGUL) cells++;
  return cells;
}

const PLAIN = /^[\x20-\x7e]*$/;
/** What else stands in our own words and lines: dashes, arrows, lines, blocks, marks; syllables of Hangul. */
const KNOWN = /^[\x20-\x7e·×–—…⋮⋯←-⇿─-▟■-▩▲-◼✓✗⎇⏎가-힣]*$/;
const HANGUL = 0xac00;

/**
 * Rows of cells with their columns under each other, two blanks apart; the last column ends where it ends.
 */
export function alignedRows(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, cellsIn(cell));
  }
  return rows.map((row) =>
    row
      .map((cell, index) => (index === row.length - 1 ? cell : padded(cell, widths[index] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

/** A name cut to a width from its front: what tells names apart stands at their ends. */
export function shortName(name: string, width: number): string {
  const shown = shownName(name);
  return cellsIn(shown) <= width ? shown : `…${lastCells(shown, width - 1)}`;
}

/**
 * A name as it is shown, which may be from elsewhere and have anything in it: its cells are those it takes.
 */
export function shownName(name: string): string {
  return PLAIN.test(name) ? name : printable(name).replace(/\s/g, ' ');
}

/** As much of the end of a text as has room in so many cells. */
function lastCells(text: string, cells: number): string {
  if (PLAIN.test(text)) return text.slice(text.length - Math.max(0, cells));
  const clusters = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  let first = clusters.length;
  for (let left = cells; first > 0; first--) {
    left -= cellsIn(clusters[first - 1] ?? '');
    if (left < 0) break;
  }
  return clusters.slice(first).join('');
}

/** The text with as many blanks after it as make it so many cells wide. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - cellsIn(text)));
}

/** The text cut to so many cells, with a mark at its end where something is left out. */
export function cutToCells(text: string, cells: number): string {
  if (cellsIn(text) <= cells) return text;
  return cells > 0 ? `${firstCells(text, cells - 1)}…` : '';
}

/** As much of a text as has room in so many cells. */
export function firstCells(text: string, cells: number): string {
  if (PLAIN.test(text)) return text.slice(0, Math.max(0, cells));
  let first = '';
  for (const char of text) {
    if (cellsIn(`${first}${char}`) > cells) break;
    first += char;
  }
  return first;
}
