import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchLines } from '../../../../src/cluster/objects/validation/pod/match-lines.ts';

const line = fc.constantFrom('a', 'b', 'c', '}');

// What Python's difflib answers for the same lists.
test.each<[before: string, after: string, blocks: number[][]]>([
  [
    'abxcd',
    'abcd',
    [
      [0, 0, 2],
      [3, 2, 2],
    ],
  ],
  ['abcdabc', 'bcdabca', [[1, 0, 6]]],
  ['abc', 'xyz', []],
  [
    'qabxcd',
    'abycdf',
    [
      [1, 0, 2],
      [4, 3, 2],
    ],
  ],
])('of %s and %s the longest runs match', (before, after, blocks) => {
  const found = matchLines([...before], [...after]);
  expect(found.map((block) => [block.before, block.after, block.size])).toEqual(blocks);
});

test('lines that come again and again begin no match, but belong to one beside them', () => {
  const filler = Array.from({ length: 210 }, () => 'null');
  const before = ['first', ...filler, 'old', 'last'];
  const after = ['first', ...filler, 'new', 'last'];
  expect(matchLines(before, after)).toEqual([
    { before: 0, after: 0, size: 211 },
    { before: 212, after: 212, size: 1 },
  ]);
});

test('runs that match are equal, in order, and apart', () => {
  fc.assert(
    fc.property(fc.array(line), fc.array(line), (before, after) => {
      let [row, column] = [0, 0];
      for (const block of matchLines(before, after)) {
        expect(block.before >= row && block.after >= column && block.size > 0).toBe(true);
        row = block.before + block.size;
        column = block.after + block.size;
        expect(before.slice(block.before, row)).toEqual(after.slice(block.after, column));
      }
    }),
  );
});
