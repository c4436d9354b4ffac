import { expect, test } from 'vitest';
import { settledPhase } from '../../../src/kernel/chance/outcomes.ts';

test.each([
  ['2500', 2500],
  ['12500', 2500],
  ['-1000', 9000],
  ['0', 0],
  ['soon', undefined],
  ['Infinity', undefined],
])('a phase that was settled as %j is %j of ten seconds', (settled, phase) => {
  expect(settledPhase({ outcomes: { 'tick node-1': settled } }, 10_000, 'tick', 'node-1')).toBe(phase);
});

test.each([{}, { outcomes: { tick: '1' } }])('of %j nothing is settled', (chance) => {
  expect(settledPhase(chance, 10_000, 'tick', 'node-1')).toBeUndefined();
});
