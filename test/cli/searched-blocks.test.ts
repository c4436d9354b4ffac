import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BLOCK_OVERLAP, createSearchedBlocks, type SearchedBlocks } from '../../src/cli/searched-blocks.ts';

const SIZE = 100;

function blocksOf(text: string): SearchedBlocks {
  const blocks = createSearchedBlocks(SIZE);
  const bytes = Buffer.from(text, 'latin1');
  for (let from = 0; from < bytes.length; from += SIZE)
    blocks.add(bytes.subarray(from, from + SIZE + BLOCK_OVERLAP));
  return blocks;
}

describe('blocks of a file that words may be in', () => {
  test('never leave out a block in which a word begins, whatever its case', () => {
    const texts = fc.string({ unit: 'binary-ascii', minLength: SIZE, maxLength: 6 * SIZE });
    fc.assert(
      fc.property(
        texts,
        fc.nat(),
        fc.integer({ min: 1, max: 90 }),
        fc.boolean(),
        (text, at, length, isLoud) => {
          const place = at % text.length;
          const word = text.slice(place, place + length);
          const asked = isLoud ? word.toUpperCase() : word.toLowerCase();
          expect(blocksOf(text).mayHave(asked, place, place + 1)).toBe(true);
          expect(blocksOf(text).mayHave(asked, 0, text.length)).toBe(true);
        },
      ),
    );
  });

  test.each([
    ['a word that is nowhere', 'nowhere', 0, 300, false],
    ['a word in its block', 'Liveness', 100, 200, true],
    ['the same in another block', 'Liveness', 0, 100, false],
    ['a word over the end of its block', 'overend', 200, 300, true],
    ['too short to tell', 'zz', 0, 300, true],
    ['where nothing is known yet', 'nowhere', 0, 301, true],
  ])('%s', (_name, word, from, to, may) => {
    const text = `${'liveness'.padStart(178, 'x').padEnd(200, '.')}${'overend'.padStart(103, '-')}`;
    const blocks = createSearchedBlocks(SIZE);
    const bytes = Buffer.from(text);
    for (const at of [0, 100, 200]) blocks.add(bytes.subarray(at, at + SIZE + BLOCK_OVERLAP));
    expect(blocks.mayHave(word, from, to)).toBe(may);
  });
});
