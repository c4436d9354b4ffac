import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatIndexes,
  lowestFree,
  parseIndexes,
  unionOf,
} from '../../../../src/cluster/controllers/job/indexes.ts';

describe('completion indexes', () => {
  test.each([
    ['', []],
    ['0', [0]],
    ['3,4', [3, 4]],
    ['0-2,5', [0, 1, 2, 5]],
    ['1,x,7-9', [1, 7]],
  ])('are read from %j, as far as there are any', (text, indexes) => {
    expect(parseIndexes(text, 8)).toEqual(indexes);
  });

  test('are written as they are read', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(40)), (some) => {
        const indexes = unionOf(some);
        expect(parseIndexes(formatIndexes(indexes), 41)).toEqual(indexes);
      }),
    );
    expect(formatIndexes([0, 1, 3, 4, 5, 9])).toBe('0,1,3-5,9');
  });

  test('are taken from the lowest that is free', () => {
    expect(lowestFree([0, 2, 3], 6, 2)).toEqual([1, 4]);
    expect(lowestFree([0], 2, 5)).toEqual([1]);
  });
});
