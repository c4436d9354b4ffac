import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256 } from '../../../src/cluster/objects/sha256.ts';

test('it is the hash of a text of any length', () => {
  const text = fc.string({ unit: 'binary', maxLength: 200 });
  fc.assert(
    fc.property(text, (value) => {
      expect(sha256(value)).toBe(createHash('sha256').update(value).digest('hex'));
    }),
  );
});

test.each([0, 55, 56, 63, 64, 119, 120])('%i bytes', (length) => {
  const value = 'a'.repeat(length);
  expect(sha256(value)).toBe(createHash('sha256').update(value).digest('hex'));
});
