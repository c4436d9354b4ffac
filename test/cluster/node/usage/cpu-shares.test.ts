import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Claim, shareCpus } from '../../../../src/cluster/node/usage/cpu-shares.ts';

const claim = (wanted: number, weight = 1, most = Number.POSITIVE_INFINITY): Claim => ({
  wanted,
  weight,
  most,
});

describe('processors are shared', () => {
  test.each<[why: string, claims: readonly Claim[], capacity: number, granted: readonly number[]]>([
    ['where there is enough, each gets what it wants', [claim(1), claim(0.5)], 2, [1, 0.5]],
    ['up to its limit', [claim(1, 1, 0.2), claim(0.5)], 2, [0.2, 0.5]],
    ['where there is not, by weight', [claim(4, 3), claim(4, 1)], 2, [1.5, 0.5]],
    ['and what one leaves goes to the others', [claim(4, 1), claim(4, 1), claim(0.1, 2)], 2.1, [1, 1, 0.1]],
  ])('%s', (_why, claims, capacity, granted) => {
    const found = shareCpus(claims, capacity);
    expect(found.map((cpus) => Math.round(cpus * 1000) / 1000)).toEqual(granted);
  });

  test('nobody gets more than it wants or may have, and all together no more than there is', () => {
    const amount = fc.integer({ min: 0, max: 8000 }).map((milli) => milli / 1000);
    const claims = fc.array(
      fc.record({ wanted: amount, most: amount, weight: fc.integer({ min: 2, max: 4096 }) }),
    );
    fc.assert(
      fc.property(claims, fc.integer({ min: 1, max: 16 }), (all, capacity) => {
        const granted = shareCpus(all, capacity);
        for (const [index, { wanted, most }] of all.entries()) {
          expect(granted[index]).toBeLessThanOrEqual(Math.min(wanted, most) + 1e-9);
        }
        const given = granted.reduce((sum, cpus) => sum + cpus, 0);
        expect(given).toBeLessThanOrEqual(capacity + 1e-9);
        const asked = all.reduce((sum, { wanted, most }) => sum + Math.min(wanted, most), 0);
        expect(given).toBeCloseTo(Math.min(asked, capacity), 6);
      }),
    );
  });
});
