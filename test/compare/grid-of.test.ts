import { expect, test } from 'vitest';
import { gridOf } from '../../src/compare/recording/grid-of.ts';

test.each([
  ['the grid on which most ticks are met', [100, 1105, 2110, 3600], 1000, 100],
  ['its first time, since others may be late', [1040, 2000, 3055], 1000, 2000],
  ['what many did at one instant counts as one tick', [500, 501, 502, 1700, 2705], 1000, 1700],
  ['one time alone is no grid', [500, 1100], 1000, undefined],
])('%s', (_what, times, period, grid) => {
  expect(gridOf(times, period)).toBe(grid);
});
