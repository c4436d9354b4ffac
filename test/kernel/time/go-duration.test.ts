import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatGoDuration, parseGoDuration } from '../../../src/kernel/time/go-duration.ts';

describe('durations', () => {
  test.each`
    text         | ms
    ${'0s'}      | ${0}
    ${'850ms'}   | ${850}
    ${'1.234s'}  | ${1234}
    ${'2m40s'}   | ${160_000}
    ${'5m0s'}    | ${300_000}
    ${'1h0m0s'}  | ${3_600_000}
    ${'-1m2.3s'} | ${-62_300}
  `('$text is $ms ms, both ways', ({ text, ms }) => {
    expect(parseGoDuration(text)).toBe(ms);
    expect(formatGoDuration(ms)).toBe(text);
  });

  test.each(['', '5', 's', '5 s', '1d', '1m 2s', 'm5'])('%j is no duration', (text) => {
    expect(parseGoDuration(text)).toBeUndefined();
  });

  test('what is printed is read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), (ms) => {
        expect(parseGoDuration(formatGoDuration(ms))).toBeCloseTo(ms, 6);
      }),
    );
  });
});
