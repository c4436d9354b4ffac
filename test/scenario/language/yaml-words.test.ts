import { describe, expect, test } from 'vitest';
import { expandScenario } from '../../../src/scenario/language/expand/expand-scenario.ts';
import { readYaml } from '../../../src/scenario/language/read-yaml.ts';

interface Row {
  readonly text: string;
  readonly at: string;
  readonly message: string;
  readonly hint: string;
}

describe('a text that is no YAML', () => {
  test.each`
    mistake                              | text                                              | at       | message                                                            | hint
    ${'a colon in a text'}               | ${'a: b: c\n'}                                    | ${'1:4'} | ${'this key has a text already, and keys follow it'}               | ${'put a text with ": " in it in quotes'}
    ${'a line that is missing'}          | ${'- run: ls\n    output: x\n'}                   | ${'1:8'} | ${'this key has a text already, and keys follow it'}               | ${'a line is missing'}
    ${'an item that stands too far in'}  | ${'a:\n  - b: 1\n   - c: 2\n'}                    | ${'3:4'} | ${'this line is indented otherwise than those that it belongs to'} | ${'indent it like'}
    ${'an item that stands too far out'} | ${'a:\n  - b: 1\n- c: 2\n'}                       | ${'3:1'} | ${'an item of a list ("- …") stands where a key is wanted'}        | ${'indent it like the items'}
    ${'a line of a text too far out'}    | ${'a:\n    b: |\n      one\n    two\n    c: d\n'} | ${'4:5'} | ${'this is neither a key with its value nor part of a text'}       | ${'indented more than its key'}
    ${'a key without a colon'}           | ${'a: 1\nb\n'}                                    | ${'2:1'} | ${'this is neither a key with its value nor an item of a list'}    | ${'key: value'}
    ${'a brace that is not closed'}      | ${'a: { b: 1\nc: 2\n'}                            | ${''}    | ${'what begins with { does not end with a } behind it'}            | ${'close it'}
    ${'a quote that is not closed'}      | ${'a: "b\nc: 2\n'}                                | ${''}    | ${'this quote is never closed'}                                    | ${'close it'}
    ${'a backslash that means nothing'}  | ${'a: "\\d"\n'}                                   | ${'1:5'} | ${'between " " a backslash has a meaning, and not before this'}    | ${'\\\\ for a backslash'}
    ${'a text that begins with a mark'}  | ${'a: `b`\n'}                                     | ${'1:4'} | ${'a text can not begin with this character'}                      | ${'quotes'}
    ${'a character that nobody sees'}    | ${'a: 1\nb:\u200b c\n'}                           | ${'2:1'} | ${'this is neither a key with its value nor an item of a list'}    | ${'U+200B'}
  `('$mistake', (row) => {
    const { text, at, message, hint } = row as Row;
    const [found] = readYaml(text, 's').diagnostics;
    expect(found?.message).toBe(message);
    expect(found?.hint).toContain(hint);
    if (at !== '') expect(`${found?.line}:${found?.column}`).toBe(at);
  });
});

test('a matrix of millions of cases is refused as that, and one that leaves most of them out is not', () => {
  const codes = (matrix: string): readonly string[] =>
    expandScenario({ s: `matrix: ${matrix}\nsteps: []\n` }, 's').diagnostics.map(
      ({ code, line }) => `${code} ${line}`,
    );
  const axis = `[${Array.from({ length: 30 }, (_, index) => index).join(', ')}]`;
  expect(codes(`{ a: ${axis}, b: ${axis}, c: ${axis}, d: ${axis} }`)).toEqual(['too-large 1']);
  const excluded = Array.from({ length: 29 }, (_, index) => `{ a: ${index} }`).join(', ');
  expect(codes(`{ a: ${axis}, b: ${axis}, exclude: [${excluded}] }`)).not.toContain('too-large 1');
});
