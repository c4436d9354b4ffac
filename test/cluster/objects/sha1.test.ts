import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8Bytes } from '../../../src/cluster/objects/base64.ts';
import { sha1 } from '../../../src/cluster/objects/sha1.ts';

const hex = (text: string): string =>
  sha1(utf8Bytes(text))
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');

test.each([
  ['abc', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
  ['', 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
  ['abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq', '84983e441c3bd26ebaae4aa1f95129e5e54670f1'],
])('SHA-1 of %j is that of FIPS 180', (text, digest) => {
  expect(hex(text)).toBe(digest);
});

test('it is the hash of a text of any length', () => {
  const text = fc.string({ unit: 'binary', maxLength: 200 });
  fc.assert(
    fc.property(text, (value) => {
      expect(hex(value)).toBe(createHash('sha1').update(value).digest('hex'));
    }),
  );
});
