import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ageOf, humanDuration } from '../../../../../src/cluster/clients/kubectl/print/age.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('humanDuration', () => {
  test.each([
    [-2 * SECOND, '<invalid>'],
    [-1999, '0s'],
    [0, '0s'],
    [999, '0s'],
    [SECOND, '1s'],
    [119 * SECOND + 999, '119s'],
    [2 * MINUTE, '2m'],
    [2 * MINUTE + 5 * SECOND, '2m5s'],
    [10 * MINUTE - 1, '9m59s'],
    [10 * MINUTE, '10m'],
    [3 * HOUR - 1, '179m'],
    [3 * HOUR, '3h'],
    [8 * HOUR - 1, '7h59m'],
    [8 * HOUR, '8h'],
    [48 * HOUR - 1, '47h'],
    [2 * DAY, '2d'],
    [2 * DAY + HOUR, '2d1h'],
    [8 * DAY - 1, '7d23h'],
    [8 * DAY, '8d'],
    [730 * DAY - 1, '729d'],
    [730 * DAY, '2y'],
    [731 * DAY, '2y1d'],
    [8 * 365 * DAY, '8y'],
    [9 * 365 * DAY + 3 * DAY, '9y'],
  ])('%i ms are %s', (ms, text) => {
    expect(humanDuration(ms)).toBe(text);
  });

  test('never says more than has passed, and at most a unit less', () => {
    const units = { s: SECOND, m: MINUTE, h: HOUR, d: DAY, y: 365 * DAY };
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 * 365 * DAY }), (ms) => {
        const parts = [...humanDuration(ms).matchAll(/(\d+)([smhdy])/g)];
        const said = parts.reduce(
          (sum, [, count, unit]) => sum + Number(count) * units[unit as keyof typeof units],
          0,
        );
        const [, , last] = parts.at(-1) ?? [];
        expect(said).toBeLessThanOrEqual(ms);
        expect(ms - said).toBeLessThan(units[last as keyof typeof units] * (last === 'y' ? 1.01 : 1));
      }),
    );
  });
});

test.each([
  [undefined, '<unknown>'],
  [null, '<unknown>'],
  ['1970-01-01T00:01:40Z', '20s'],
  ['1970-01-01T00:01:40.500000Z', '19s'],
])('ageOf %s', (timestamp, text) => {
  expect(ageOf(timestamp, 120_000)).toBe(text);
});
