import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { printYaml } from '../../../../../../src/cluster/clients/kubectl/print/yaml/print-yaml.ts';
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
