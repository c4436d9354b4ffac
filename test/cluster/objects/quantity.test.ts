import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addAmounts,
  amountOf,
  amountOfMilli,
  canonicalQuantity,
  compareQuantities,
  formatQuantity,
  milliValue,
  parseQuantity,
  quantityProblem,
  roundUpToMilli,
  subtractAmounts,
  wholeValue,
  ZERO,
} from '../../../src/cluster/objects/quantity.ts';

describe('a quantity', () => {
  test.each`
    text                 | canonical                | nano
    ${'0'}               | ${'0'}                   | ${0n}
    ${'100m'}            | ${'100m'}                | ${100_000_000n}
    ${'1000m'}           | ${'1'}                   | ${1_000_000_000n}
    ${'0.1'}             | ${'100m'}                | ${100_000_000n}
    ${'.5'}              | ${'500m'}                | ${500_000_000n}
    ${'1.'}              | ${'1.'}                  | ${1_000_000_000n}
    ${'1500m'}           | ${'1500m'}               | ${1_500_000_000n}
    ${'2.50'}            | ${'2500m'}               | ${2_500_000_000n}
    ${'128Mi'}           | ${'128Mi'}               | ${134_217_728_000_000_000n}
    ${'1024Mi'}          | ${'1Gi'}                 | ${1_073_741_824_000_000_000n}
    ${'1.5Gi'}           | ${'1536Mi'}              | ${1_610_612_736_000_000_000n}
    ${'0.5Mi'}           | ${'512Ki'}               | ${524_288_000_000_000n}
    ${'1Ki'}             | ${'1Ki'}                 | ${1_024_000_000_000n}
    ${'0.5Ki'}           | ${'512'}                 | ${512_000_000_000n}
    ${'.001Ki'}          | ${'1024m'}               | ${1_024_000_000n}
    ${'.000000000001Ki'} | ${'2n'}                  | ${2n}
    ${'1000k'}           | ${'1M'}                  | ${1_000_000_000_000_000n}
    ${'1e3'}             | ${'1e3'}                 | ${1_000_000_000_000n}
    ${'1E3'}             | ${'1E3'}                 | ${1_000_000_000_000n}
    ${'12e4'}            | ${'120e3'}               | ${120_000_000_000_000n}
    ${'0.9n'}            | ${'1n'}                  | ${1n}
    ${'3.001n'}          | ${'4n'}                  | ${4n}
    ${'-1500m'}          | ${'-1500m'}              | ${-1_500_000_000n}
    ${'+3'}              | ${'+3'}                  | ${3_000_000_000n}
    ${'9Ei'}             | ${'9223372036854775807'} | ${(2n ** 63n - 1n) * 1_000_000_000n}
    ${2}                 | ${'2'}                   | ${2_000_000_000n}
    ${0.25}              | ${'250m'}                | ${250_000_000n}
  `('$text is $canonical', ({ text, canonical, nano }) => {
    expect(canonicalQuantity(text)).toBe(canonical);
    expect(parseQuantity(text)?.nano).toBe(nano);
  });

  const wrongFormat =
    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
  test.each`
    text       | problem
    ${''}      | ${wrongFormat}
    ${'1.1.M'} | ${wrongFormat}
    ${'1+1'}   | ${"unable to parse quantity's suffix"}
    ${'lots'}  | ${wrongFormat}
    ${'100 m'} | ${wrongFormat}
    ${'1i'}    | ${"unable to parse quantity's suffix"}
    ${'1mi'}   | ${"unable to parse quantity's suffix"}
    ${'1KB'}   | ${wrongFormat}
    ${'1e'}    | ${"unable to parse quantity's suffix"}
  `('"$text" is refused: $problem', ({ text, problem }) => {
    expect(quantityProblem(text)).toBe(problem);
    expect(parseQuantity(text)).toBeUndefined();
    expect(canonicalQuantity(text)).toBeUndefined();
  });

  test('of limits keeps thousandths, rounded up', () => {
    expect(['0.0001', '1.5m', '100m', '1Gi', '1.0000001'].map(roundUpToMilli)).toEqual([
      '1m',
      '2m',
      '100m',
      '1Gi',
      '1001m',
    ]);
  });

  test('counts in whole units and in thousandths, rounded up', () => {
    expect([milliValue('0.1'), milliValue('1'), milliValue('1n'), milliValue('nonsense')]).toEqual([
      100, 1000, 1, 0,
    ]);
    expect([wholeValue('64Mi'), wholeValue('1500m'), wholeValue('-1500m')]).toEqual([67_108_864, 2, -2]);
  });

  test('takes the notation of the first that is not nothing when added', () => {
    const sum = addAmounts(addAmounts(ZERO, amountOf(1024 ** 2, 'BinarySI')), amountOf(1024 ** 2));
    expect(formatQuantity(sum)).toBe('2Mi');
    expect(formatQuantity(subtractAmounts(amountOfMilli(1500), amountOfMilli(700)))).toBe('800m');
  });
});

const suffix = fc.constantFrom('', 'm', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi', 'e3', 'u', 'n');
const text = fc
  .tuple(fc.integer({ min: -99_999, max: 99_999 }), suffix)
  .map(([number, unit]) => `${number}${unit}`);

describe('quantities, whatever they are,', () => {
  test('say the same in canonical form, which is a fixed point', () => {
    fc.assert(
      fc.property(text, (quantity) => {
        const canonical = canonicalQuantity(quantity) ?? '';
        expect(parseQuantity(canonical)?.nano).toBe(parseQuantity(quantity)?.nano);
        expect(canonicalQuantity(canonical)).toBe(canonical);
      }),
    );
  });

  test('are ordered as their amounts, and adding is undone by subtracting', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const [left, right] = [parseQuantity(a) ?? ZERO, parseQuantity(b) ?? ZERO];
        expect(Math.sign(compareQuantities(a, b))).toBe(
          left.nano < right.nano ? -1 : left.nano > right.nano ? 1 : 0,
        );
        expect(subtractAmounts(addAmounts(left, right), right).nano).toBe(left.nano);
        const written = formatQuantity(addAmounts(left, right));
        expect(parseQuantity(written)?.nano).toBe(left.nano + right.nano);
      }),
    );
  });
});
