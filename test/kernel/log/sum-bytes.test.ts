import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chain, FIRST_SUM } from '../../../src/kernel/log/log-format.ts';
import { chainBytes } from '../../../src/kernel/log/sum-bytes.ts';

const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.string());

test('the sum over the bytes of a text is that of the text', () => {
  fc.assert(
    fc.property(texts, texts, (before, text) => {
      const bytes = Buffer.from(`${before}${text}`);
      const from = Buffer.byteLength(before);
      const summed = chainBytes(FIRST_SUM, bytes, from, bytes.length);
      expect(summed?.sum).toEqual(chain(FIRST_SUM, text));
      expect(summed?.isAscii).toBe(text === [...text].filter((char) => char < '\u0080').join(''));
    }),
  );
});

test('a changed byte is another sum, or no text', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (text, at, flip) => {
        const bytes = Buffer.from(text);
        const place = at % bytes.length;
        bytes[place] = (bytes[place] ?? 0) ^ flip;
        expect(chainBytes(FIRST_SUM, bytes, 0, bytes.length)?.sum).not.toEqual(chain(FIRST_SUM, text));
      },
    ),
  );
});
