import { expect, test } from 'vitest';
import { generatedName, NAME_DRAWS, randomSuffix, safeEncode } from '../../../src/cluster/objects/names.ts';

test('a generated name ends in five letters of an alphabet that spells nothing', () => {
  expect(generatedName('web-', [0, 1, 2, 25, 26])).toBe('web-bcd89');
  expect(randomSuffix(Array.from({ length: NAME_DRAWS.below }, (_, index) => index))).toBe(
    'bcdfghjklmnpqrstvwxz2456789',
  );
});

test('a long base is cut so that the name stays a label', () => {
  expect(generatedName('a'.repeat(80), [0, 0, 0, 0, 0])).toBe(`${'a'.repeat(58)}bbbbb`);
});

test('a hash is written in the same alphabet, by the codes of its digits', () => {
  expect(safeEncode('1234567890')).toBe('56789bcdf4');
});
