import { expect, test } from 'vitest';
import { wrapText } from '../../scripts/wrap-comments.mjs';

const words = (count: number): string => Array.from({ length: count }, () => 'word').join(' ');

test.each([
  ['a line', `// ${words(25)}`, `// ${words(21)}\n// ${words(4)}`],
  ['a line within a paragraph', `// ${words(23)}\n// ends.`, `// ${words(21)}\n// ${words(2)} ends.`],
  ['a whole comment', `  /** ${words(25)} */`, `  /**\n   * ${words(21)}\n   * ${words(4)}\n   */`],
  ['a block', ` * ${words(23)}\n *\n * ends.`, ` * ${words(21)}\n * ${words(2)}\n *\n * ends.`],
  ['an item of a list', ` * - ${words(23)}\n * - next`, ` * - ${words(21)}\n *   ${words(2)}\n * - next`],
  ['a tag after a paragraph', ` * ${words(22)}\n * @param a`, ` * ${words(21)}\n * word\n * @param a`],
])('%s that runs over the last column is wrapped', (_, before, after) => {
  expect(wrapText(before)).toBe(after);
});

test.each([
  ['code', `const a = ${words(30)};`],
  ['a comment behind code', `work(); // ${words(30)}`],
  ['a word without end', `// ${'x'.repeat(150)}`],
  ['short lines', `// ${words(20)}\n// ends.`],
])('%s is left alone', (_, text) => {
  expect(wrapText(text)).toBe(text);
});
