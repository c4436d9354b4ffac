import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeBase64, encodeBase64, utf8Length } from '../../../src/cluster/objects/base64.ts';

test('base64 is that of everybody else, for any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(encodeBase64(text)).toBe(Buffer.from(text, 'utf8').toString('base64'));
      expect(decodeBase64(encodeBase64(text))).toBe(text);
      expect(utf8Length(text)).toBe(Buffer.byteLength(text));
    }),
  );
});

test('bytes that are no text decode as everybody else decodes them', () => {
  expect(decodeBase64('/w==')).toBe('\ufffd');
  expect(decodeBase64('aGk=\n')).toBe('hi');
});

test.each(['a', 'ab=', '====', 'a b=', 'aGk'])('"%s" is not base64', (text) => {
  expect(decodeBase64(text)).toBeUndefined();
});
