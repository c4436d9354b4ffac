import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isNaturallyLess } from '../../../../../../src/cluster/clients/kubectl/print/go/natural-order.ts';

const names = fc.stringMatching(/^[a-c0-1.-]{0,8}$/);

// As kubectl 1.20 and 1.30 sorted ConfigMaps of these names.
const SORTED = 'A1 a1 a01 a2 a9 a10 a-1 b x9y1 x9y10 x09y1 x10y2'.split(' ');

test('numbers in names count by their value', () => {
  const sorted = [...SORTED].reverse().sort((a, b) => (isNaturallyLess(a, b) ? -1 : 1));
  expect(sorted).toEqual(SORTED);
  expect(isNaturallyLess('a1', 'a1')).toBe(false);
});

test('of two different names one comes first, and it is an order', () => {
  fc.assert(
    fc.property(names, names, names, (a, b, c) => {
      expect(isNaturallyLess(a, b) !== isNaturallyLess(b, a)).toBe(a !== b);
      if (isNaturallyLess(a, b) && isNaturallyLess(b, c)) expect(isNaturallyLess(a, c)).toBe(true);
    }),
  );
});
