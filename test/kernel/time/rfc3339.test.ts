import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatRfc1123z,
  formatRfc3339,
  formatRfc3339Micro,
  parseRfc3339,
} from '../../../src/kernel/time/rfc3339.ts';

describe('dates', () => {
  test.each`
    epochMs            | rfc3339                   | rfc1123z
    ${0}               | ${'1970-01-01T00:00:00Z'} | ${'Thu, 01 Jan 1970 00:00:00 +0000'}
    ${951_782_400_000} | ${'2000-02-29T00:00:00Z'} | ${'Tue, 29 Feb 2000 00:00:00 +0000'}
    ${1795237696000}   | ${'2026-11-21T05:08:16Z'} | ${'Sat, 21 Nov 2026 05:08:16 +0000'}
    ${4107542399999}   | ${'2100-02-28T23:59:59Z'} | ${'Sun, 28 Feb 2100 23:59:59 +0000'}
    ${-1000}           | ${'1969-12-31T23:59:59Z'} | ${'Wed, 31 Dec 1969 23:59:59 +0000'}
  `('$epochMs is $rfc3339', ({ epochMs, rfc3339, rfc1123z }) => {
    expect(formatRfc3339(epochMs)).toBe(rfc3339);
    expect(formatRfc1123z(epochMs)).toBe(rfc1123z);
  });

  test('every instant agrees with the host, which the product never asks', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2_000_000_000_000, max: 200_000_000_000_000 }), (epochMs) => {
        const host = new Date(epochMs).toISOString();
        if (!/^\d{4}-/.test(host)) return;
        expect(formatRfc3339(epochMs)).toBe(`${host.slice(0, 19)}Z`);
        expect(formatRfc3339Micro(epochMs)).toBe(`${host.slice(0, 23)}000Z`);
        expect(parseRfc3339(host)).toBe(epochMs);
      }),
    );
  });

  test.each`
    text                           | epochMs
    ${'2026-11-21T05:08:16+09:00'} | ${1795205296000}
    ${'2026-11-21T05:08:16.5Z'}    | ${1795237696500}
    ${'2026-11-21'}                | ${undefined}
    ${'2026-13-21T05:08:16Z'}      | ${undefined}
    ${'soon'}                      | ${undefined}
  `('$text is read as $epochMs', ({ text, epochMs }) => {
    expect(parseRfc3339(text)).toBe(epochMs);
  });
});
