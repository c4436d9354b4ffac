import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { cellsIn, cutToCells } from '../../src/tui/columns.ts';
import type { Line } from '../../src/tui/line.ts';
import { besideEachOther, fitted, terminalText } from '../../src/tui/set-lines.ts';

const textOf = (line: Line): string => line.map(({ text }) => text).join('');

/** Letters of all widths, some that belong together, and some that a terminal would act on. */
const char = fc.oneof(
  fc.constantFrom(...'abc 019-·×–—…⋮⋯←→⇿─╰┬▏▟■▓▲▸◆◼●○✓✗⎇⏎한국어', '\u0301', '👩', '\u200d', 'ｱ', '漢'),
  fc.constantFrom('\u001b[2J', '\n', '\t', '\u202e'),
);
const words = fc.array(char, { maxLength: 30 }).map((chars) => chars.join(''));

describe('cells', () => {
  test('are counted as a terminal takes them', () => {
    fc.assert(
      fc.property(words, (text) => {
        expect(cellsIn(text)).toBe(stringWidth(text));
      }),
    );
  });

  test('are never more than a text is cut to', () => {
    fc.assert(
      fc.property(words, fc.nat({ max: 12 }), (text, cells) => {
        const cut = cutToCells(text, cells);
        expect(cellsIn(cut)).toBeLessThanOrEqual(cells);
        if (cellsIn(text) <= cells) expect(cut).toBe(text);
      }),
    );
  });
});

describe('a line', () => {
  test.each<[Line, number, string]>([
    [[{ text: 'abc' }, { text: 'def', tone: 'good' }], 6, 'abcdef'],
    [[{ text: 'abc' }, { text: 'def', tone: 'good' }], 5, 'abcd…'],
    [[{ text: 'abc' }, { text: 'def', tone: 'good' }], 3, 'ab…'],
    [[{ text: '한국' }, { text: '어' }], 5, '한국…'],
    [[{ text: '한국' }, { text: '어' }], 4, '한…'],
    [[{ text: 'a\n\tb\u001b[2J' }], 20, 'a  b^[[2J'],
  ])('%j in %i cells is %j', (line, cells, shown) => {
    expect(textOf(fitted(line, cells))).toBe(shown);
  });

  test('is shown to a terminal with its tones, and without blanks at its end', () => {
    const line: Line = [{ text: 'a', tone: 'bad' }, { text: ' b  ' }, { text: '   ' }];
    expect(terminalText(line, true)).toBe('\u001b[1m\u001b[31ma\u001b[39m\u001b[22m b');
    expect(terminalText(line, false)).toBe('\u001b[1ma\u001b[22m b');
    expect(terminalText([{ text: 'a  ', tone: 'current' }], true)).toBe('\u001b[7ma  \u001b[27m');
    expect(terminalText([], true)).toBe('');
  });

  test('whatever is in it, takes no more cells, and nothing of it is acted on', () => {
    const lines = fc.array(
      words.map((text) => ({ text })),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(lines, fc.integer({ min: 1, max: 40 }), (line, cells) => {
        const text = terminalText(fitted(line, cells), false);
        expect(stringWidth(text)).toBeLessThanOrEqual(cells);
        expect(stripVTControlCharacters(text)).toBe(text);
        expect(text).not.toMatch(/[\n\t\u202e]/);
      }),
    );
  });
});

test('blocks stand side by side, a blank apart, the shorter one filled up', () => {
  const block = (width: number, ...texts: readonly string[]) => ({
    width,
    lines: texts.map((text) => [{ text }]),
  });
  expect(
    besideEachOther([block(4, 'ab', '한국'), block(3, 'x'), block(2, 'y', 'z', 'w')]).map(textOf),
  ).toEqual(['ab   x   y', '한국     z', '         w']);
});
