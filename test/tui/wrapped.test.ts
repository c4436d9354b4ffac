import fc from 'fast-check';
import { expect, test } from 'vitest';
import wrapAnsi from 'wrap-ansi';
import { wrapped, wrappedWords } from '../../src/tui/wrapped.ts';

test.each([
  ['a line that fits', 20, ['a line that fits']],
  ['one two three', 7, ['one two', ' three']],
  ['aaaaaaaaaa b', 4, ['aaaa', 'aaaa', 'aa b']],
  ['x aaaaaaaaaa', 4, ['x aa', 'aaaa', 'aaaa']],
  ['a\tb', 20, ['a       b']],
  ['한국어 문장', 6, ['한국어', ' 문장']],
  ['one\n\ntwo', 10, ['one', '', 'two']],
])('%j in %i cells', (text, width, lines) => {
  expect(wrapped(text, width)).toEqual(lines);
});

test('plain text is wrapped as any other is', () => {
  const words = fc.array(fc.stringMatching(/^[a-z.:-]{0,14}$/), { maxLength: 12 });
  fc.assert(
    fc.property(words, fc.integer({ min: 3, max: 20 }), (some, width) => {
      const text = some.join(' ');
      const wanted = wrapAnsi(text, width, { hard: true, trim: false }).split('\n');
      expect(wrapped(text, width)).toEqual(wanted.map((line) => line.trimEnd()));
      expect(wrappedWords(text, width)).toEqual(wrapAnsi(text, width, { hard: true }).split('\n'));
    }),
  );
});
