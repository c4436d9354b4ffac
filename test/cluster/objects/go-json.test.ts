import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeGoJson, quoteGo } from '../../../src/cluster/objects/go-json.ts';

test('JSON has its keys sorted, no spaces, and the signs escaped that Go escapes', () => {
  expect(encodeGoJson({ b: ['a && b', '<x>'], a: null, c: { z: 1, y: true } })).toBe(
    '{"a":null,"b":["a \\u0026\\u0026 b","\\u003cx\\u003e"],"c":{"y":true,"z":1}}',
  );
});

test('JSON says the same as what it was made of', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(encodeGoJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test.each`
  text              | quoted
  ${'web'}          | ${'"web"'}
  ${'a "b" \\ c'}   | ${'"a \\"b\\" \\\\ c"'}
  ${'tab\tnew\n'}   | ${'"tab\\tnew\\n"'}
  ${'\u0000\u007f'} | ${'"\\x00\\x7f"'}
  ${'안녕 é'}       | ${'"안녕 é"'}
`('$quoted is how Go quotes', ({ text, quoted }) => {
  expect(quoteGo(text)).toBe(quoted);
});
