import { isBlock, type TerminalRun } from '../report/record/terminal-svg.ts';
import { cellsIn } from './columns.ts';
import type { Line } from './line.ts';
import { styleOf } from './tones.ts';

/**
 * A line as pieces that each have their cells: letters that take one of them, letters that take two, and
 * equal blocks stand by themselves, so that none of them moves another.
 */
export function terminalRuns(line: Line): readonly TerminalRun[] {
  let cell = 0;
  return line.flatMap(({ text, tone = 'plain' }) => {
    const style = styleOf(tone);
    return piecesOf(text).map((piece): TerminalRun => {
      const cells = cellsIn(piece);
      const run = { cell, cells, text: piece, style };
      cell += cells;
      return run;
    });
  });
}

function piecesOf(text: string): readonly string[] {
  const pieces: string[] = [];
  let kind = '';
  for (const letter of text) {
    const own = kindOf(letter);
    // What takes no cell of its own belongs to the letter before it.
    if (pieces.length > 0 && (own === 'mark' || (own === kind && own !== 'single')))
      pieces[pieces.length - 1] += letter;
    else pieces.push(letter);
    if (own !== 'mark') kind = own;
  }
  return pieces.flatMap((piece) => (piece.length > 1 && PLAIN.test(piece) ? wordsOf(piece) : [piece]));
}

const PLAIN = /^[\x20-\x7e]+$/;

function kindOf(letter: string): string {
  if (PLAIN.test(letter)) return 'plain';
  const cells = cellsIn(letter);
  if (cells === 0) return 'mark';
  if (isBlock(letter)) return letter;
  return cells === 2 ? 'wide' : 'single';
}

/** Columns of a table stay where they are, whatever the blanks between them measure. */
function wordsOf(text: string): readonly string[] {
  return text.split(/( {2,})/).filter((piece) => piece !== '');
}
