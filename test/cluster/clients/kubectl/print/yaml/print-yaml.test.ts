import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isMap, isScalar, isSeq, LineCounter, type Node, parse, parseDocument } from 'yaml';
import {
  printYaml,
  printYamlLines,
} from '../../../../../../src/cluster/clients/kubectl/print/yaml/print-yaml.ts';
import type { Json } from '../../../../../../src/cluster/objects/json.ts';

/** Texts that look like something else, or that wrap. */
const tricky = fc.oneof(
  fc.string({ unit: 'grapheme-ascii' }),
  fc.stringMatching(/^[-+.:0-9eExXoOb_ T]{0,12}$/),
  fc.stringMatching(/^[a-z:#'"\n -]{0,20}$/),
  fc.constantFrom(
    'yes',
    'No',
    'null',
    '~',
    'true',
    '- a',
    '? b',
    '!x',
    '&x',
    '*x',
    '%x',
    '@x',
    '`x',
    '{}',
    '[]',
    '|',
    '>',
  ),
  fc
    .array(fc.stringMatching(/^[a-z:'"]{1,12}$/), { minLength: 8, maxLength: 24 })
    .map((words) => words.join(' ')),
);

const value = fc.letrec((tie) => ({
  leaf: fc.oneof(tricky, fc.integer(), fc.boolean(), fc.constant(null)),
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('leaf'),
    fc.array(tie('node'), { maxLength: 4 }),
    fc.dictionary(tricky, tie('node'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).node as fc.Arbitrary<Json>;

describe('printYaml', () => {
  test('reads back as it was', () => {
    fc.assert(
      fc.property(value, (json) => {
        const object = { spec: json };
        expect(parse(printYaml(object), { uniqueKeys: false })).toEqual(object);
      }),
      { numRuns: 500 },
    );
  });

  test('lists stand below their key, not further in; keys are sorted, numbers in them by value', () => {
    const json = { spec: { ports: [{ port: 80, name: 'a' }, []], empty: {} }, a10: 1, a2: 'x' };
    expect(printYaml(json)).toBe(
      'a2: x\na10: 1\nspec:\n  empty: {}\n  ports:\n  - name: a\n    port: 80\n  - []\n',
    );
  });
});

describe('printYamlLines', () => {
  test('is the same text, each line with the field that a reader of YAML finds in it', () => {
    fc.assert(
      fc.property(value, (json) => {
        const object = { spec: json };
        const lines = printYamlLines(object);
        const text = lines.map((line) => `${line.text}\n`).join('');
        expect(text).toBe(printYaml(object));
        const found = pointersIn(text);
        let pointer = '';
        for (const [index, line] of lines.entries()) {
          pointer = found[index] ?? pointer;
          expect(line.pointer).toBe(pointer);
        }
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    [{ a: { 'b/c~d': 1 } }, ['/a', '/a/b~1c~0d']],
    [{ list: [{ x: 1, y: [2, {}] }] }, ['/list', '/list/0/x', '/list/0/y', '/list/0/y/0', '/list/0/y/1']],
    [{ text: 'one\ntwo\n' }, ['/text', '/text', '/text']],
    [{ nul: '\0' }, ['/nul']],
  ])('%j', (json, pointers) => {
    expect(printYamlLines(json).map(({ pointer }) => pointer)).toEqual(pointers);
  });
});

/** The fields that begin in the lines of a text, by the places that a parser tells. */
function pointersIn(text: string): readonly (string | undefined)[] {
  const counter = new LineCounter();
  const pointers: string[] = [];
  const place = (node: unknown, pointer: string): void => {
    const start = (node as Node | null)?.range?.[0];
    if (start !== undefined) pointers[counter.linePos(start).line - 1] ??= pointer;
  };
  const note = (node: unknown, pointer: string): void => {
    const items = isMap(node) || isSeq(node) ? node.items : [];
    for (const [index, item] of items.entries()) {
      if (isSeq(node)) {
        const hasItems = (isMap(item) || isSeq(item)) && item.items.length > 0;
        if (!hasItems) place(item, `${pointer}/${index}`);
        note(item, `${pointer}/${index}`);
      } else {
        const { key, value: inner } = item as { readonly key: unknown; readonly value: unknown };
        const name = isScalar(key) ? String(key.value).replaceAll('~', '~0').replaceAll('/', '~1') : '';
        place(key, `${pointer}/${name}`);
        note(inner, `${pointer}/${name}`);
      }
    }
  };
  note(parseDocument(text, { lineCounter: counter, uniqueKeys: false }).contents, '');
  return pointers;
}
