import { describe, expect, test } from 'vitest';
import { budgets, type Measure, measureFile } from './budgets.ts';
import { checkBudgets } from './check-budgets.ts';

const lines = (count: number): string => 'work();\n'.repeat(count);

function measured(text: string, measure: Measure): Record<string, number> {
  const found = measureFile('probe.ts', text).filter((one) => one.measure === measure);
  return Object.fromEntries(found.map(({ of, value }) => [of, value]));
}

describe('measuring', () => {
  test('a file has as many lines as an editor numbers', () => {
    expect(measured(lines(3), 'fileLines')).toEqual({ 'probe.ts': 3 });
  });

  test('a function is as long as its text, from its name to its last brace', () => {
    const text = `/** Says what. */\nexport function f() {\n${lines(2)}}\nconst g = () => {\n${lines(3)}};\n`;
    expect(measured(text, 'functionLines')).toEqual({ 'probe.ts#f': 4, 'probe.ts#g': 5 });
  });

  test('a suite of tests has no length, its tests do', () => {
    const text = `describe('a', () => {\n  test('b', () => {\n${lines(2)}  });\n});\n`;
    expect(measured(text, 'functionLines')).toEqual({ 'probe.ts#test()': 4 });
  });

  test('parameters of functions and methods are counted', () => {
    const text = 'const f = (a, b) => a; class Refusal { constructor(a) {} }';
    expect(measured(text, 'parameters')).toEqual({ 'probe.ts#f': 2, 'probe.ts#constructor': 1 });
  });

  test('the columns of a table of tests are not counted', () => {
    const text = "test.each([])('a', (a, b, c, d, e) => {}); map((a) => a);";
    expect(measured(text, 'parameters')).toEqual({ 'probe.ts#map()': 1 });
  });

  test.each([
    ['a comment', `// ${'word '.repeat(30)}`, 153],
    ['a line after a long text', `const a = '${'x'.repeat(120)}';\n// ${'y'.repeat(120)}`, 123],
    ['a long text', `const a = '${'x'.repeat(120)}';`, 0],
    ['a template of several lines', `const a = \`${'x'.repeat(120)}\n${'y'.repeat(120)}\`;`, 0],
    ['a long pattern', `const a = /${'x'.repeat(120)}/;`, 0],
  ])('the longest line that could be broken: %s', (_, text, columns) => {
    expect(measured(text, 'columns')).toEqual({ 'probe.ts': columns });
  });
});

describe('the ratchet', () => {
  const fileOf = (count: number) => measureFile('probe.ts', lines(count));

  test.each([
    ['fits', budgets.fileLines, {}, []],
    ['is too long', 301, {}, ['probe.ts has 301 lines at line 1: 300 at most']],
    ['is an exception', 400, { 'probe.ts': { fileLines: 400 } }, []],
    ['grows', 401, { 'probe.ts': { fileLines: 400 } }, ['probe.ts has 401 lines at line 1: 400 at most']],
    [
      'shrinks',
      399,
      { 'probe.ts': { fileLines: 400 } },
      ['probe.ts shrank to 399 lines: say so in exceptions.ts'],
    ],
    [
      'has become small enough',
      300,
      { 'probe.ts': { fileLines: 400 } },
      ['probe.ts fits its budget of fileLines: take it off exceptions.ts'],
    ],
    [
      'is gone',
      1,
      { 'gone.ts': { fileLines: 400 } },
      ['gone.ts fits its budget of fileLines: take it off exceptions.ts'],
    ],
  ])('a file that %s', (_, count, exceptions, complaints) => {
    expect(checkBudgets(fileOf(count), exceptions)).toEqual(complaints);
  });
});
