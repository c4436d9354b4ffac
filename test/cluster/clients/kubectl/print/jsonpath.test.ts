import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printJsonpath } from '../../../../../src/cluster/clients/kubectl/print/jsonpath/print-jsonpath.ts';
import type { Json } from '../../../../../src/cluster/objects/json.ts';

// What real templates print is in oracle/output.test.ts; here is what holds for all.

const list = {
  items: [
    { name: 'a', at: 1 },
    { name: 'b', at: 2 },
    { name: 'c', at: 3 },
  ],
};

function printed(template: string, object: Json = list): string {
  const result = printJsonpath(template, object);
  return result.ok ? result.text : `error: ${result.message}`;
}

describe('printJsonpath', () => {
  test('any template is printed or refused, with its own words in the refusal', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        '.',
        '..',
        '*',
        '?(@',
        ')',
        'range ',
        'end',
        '$',
        '@',
        '"',
        "'",
        ',',
        ':',
        '\\',
        ' ',
      ),
      fc.constantFrom(
        '.items',
        '.name',
        '[0]',
        '[*]',
        '[-1:]',
        '==',
        '"a"',
        '1',
        'true',
        '{range .items[*]}',
        '{end}',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 12 }), (pieces) => {
        const template = pieces.join('');
        const result = printJsonpath(template, list);
        expect(result.ok || result.message.includes(template) || result.message.includes('executing')).toBe(
          true,
        );
      }),
      { numRuns: 2000 },
    );
  });

  test('text without braces is printed as it is', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[^{}\\]{1,20}$/), (text) => {
        expect(printed(text)).toBe(text);
      }),
    );
  });

  test('a slice goes from its start to the end by its step', () => {
    fc.assert(
      fc.property(fc.integer({ min: -3, max: 2 }), fc.integer({ min: 1, max: 3 }), (start, step) => {
        const from = start < 0 ? start + 3 : start;
        const names = list.items.filter((_, index) => index >= from && (index - from) % step === 0);
        const text = names.map(({ name }) => name).join(' ');
        expect(printed(`{.items[${start}::${step}].name}`)).toBe(text);
      }),
    );
  });

  test('a loop over a list is the list item by item', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,5}$/), { maxLength: 6 }), (names) => {
        const object = { items: names.map((name) => ({ name })) };
        expect(printed('{range .items[*]}<{.name}>{end}', object)).toBe(
          names.map((name) => `<${name}>`).join(''),
        );
      }),
    );
  });
});
