import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { Manifest } from '../../../../src/cluster/objects/manifest/manifest.ts';
import { readManifest, readWithPlaces } from '../../../../src/cluster/objects/manifest/read-manifest.ts';
import { readPlainly } from '../../../../src/cluster/objects/manifest/read-plainly.ts';

/** What a manifest says, without where it says it. */
function said({ objects, problems, failure }: Manifest): object {
  return { objects: objects.map(({ object, isInList }) => ({ object, isInList })), problems, failure };
}

const WORDS = [
  'yes',
  'n',
  'On',
  'null',
  '~',
  '0777',
  '0x1F',
  '1_000',
  '1:30',
  '2026-01-01',
  '.5',
  '1e3',
  '-0',
  '.inf',
  '',
];
const scalar = fc.oneof(
  fc.constantFrom(...WORDS),
  fc.string({ maxLength: 12 }),
  fc.stringMatching(/^[a-z :#'"[\]{},&*!|>%@`?\n-]{0,14}$/),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const value = fc.letrec((tie) => ({
  any: fc.oneof({ maxDepth: 3, withCrossShrink: true }, scalar, tie('list'), tie('map')),
  list: fc.array(tie('any'), { maxLength: 3 }),
  map: fc.dictionary(
    fc.oneof(fc.constantFrom('a', 'yes', '1', 'null'), fc.string({ maxLength: 6 })),
    tie('any'),
    {
      maxKeys: 3,
    },
  ),
})).any;

const text = fc
  .record({
    values: fc.array(value, { minLength: 1, maxLength: 3 }),
    flow: fc.boolean(),
    quotes: fc.constantFrom('QUOTE_DOUBLE' as const, 'QUOTE_SINGLE' as const, 'PLAIN' as const),
    version: fc.constantFrom('1.1' as const, '1.2' as const),
  })
  .map(({ values, flow, quotes, version }) =>
    values
      .map((data) =>
        stringify(
          { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, data },
          {
            collectionStyle: flow ? 'flow' : 'block',
            defaultStringType: quotes,
            version,
            aliasDuplicateObjects: false,
          },
        ),
      )
      .join('---\n'),
  );

/** A text in which somebody was at work. */
const edited = fc
  .tuple(
    text,
    fc.array(
      fc.record({
        at: fc.nat(400),
        cut: fc.nat(3),
        put: fc.constantFrom(
          '',
          ' ',
          '  ',
          '\n',
          '- ',
          ': ',
          '#',
          '"',
          "'",
          '{',
          '}',
          '[',
          ']',
          ',',
          '? ',
          '|\n',
          '...\n',
          '---\n',
        ),
      }),
      { minLength: 1, maxLength: 2 },
    ),
  )
  .map(([written, edits]) =>
    edits.reduce((now, { at, cut, put }) => {
      const place = at % (now.length + 1);
      return now.slice(0, place) + put + now.slice(place + cut);
    }, written),
  );

describe('the fast parser', () => {
  test('reads what the one reads that knows all places, of texts as they are printed', () => {
    fc.assert(
      fc.property(text, (written) => {
        expect(said(readManifest(written, 'a.yaml'))).toEqual(said(readWithPlaces(written, 'a.yaml')));
      }),
      { numRuns: 300 },
    );
  });

  // Where it takes more than the other, it does as kubectl's does, of which it is a translation too.
  test('reads the same of texts in which somebody was at work, wherever the other reads anything', () => {
    fc.assert(
      fc.property(edited, (written) => {
        const slow = readWithPlaces(written, 'a.yaml');
        fc.pre(slow.failure === undefined);
        expect(said(readManifest(written, 'a.yaml'))).toEqual(said(slow));
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['an anchor', 'a: &x 1\nb: *x\n'],
    ['a tag', 'a: !!str 1\n'],
    ['a merge', 'a:\n  <<: {b: 1}\n'],
    ['a key that is there twice', 'a: 1\na: 2\n'],
    ['a key that is a map', '{{ .Values.name }}: 1\n'],
    ['a key that is a list', 'a: {b: 1, [c]}\n'],
    ['a number that JSON does not have', 'a: .inf\n'],
    ['a key without a name', ': a\n'],
    ['a tab', 'a:\t1\n'],
    ['an item that is not on its line', 'a:\n- b:\n  - c\n  -\n- d\n'],
    ['something behind a quoted text', "a: 'b\n  c'd: 1\n"],
    ['a mistake', 'a: b: c\n'],
  ])('leaves %s to the other', (_, written) => {
    expect(readPlainly(written)).toBeUndefined();
  });

  test('reads CEL, templates in texts and JSON, which look like more than they are', () => {
    const written = `rule: |-
  !has(self.a) || self.b
  ? 1 : 0
dashboard: "{{ .Name }}"
json: {"a":[{"b":1},{"c":[1,2]}]}
`;
    expect(readPlainly(written)).toEqual([
      {
        rule: '!has(self.a) || self.b\n? 1 : 0',
        dashboard: '{{ .Name }}',
        json: { a: [{ b: 1 }, { c: [1, 2] }] },
      },
    ]);
  });

  test('takes a quoted text whose lines stand too far left for what kubectl takes it for', () => {
    const written = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\ndata:\n  a: '[\n  1\n  ]'\n";
    const { objects, failure } = readManifest(written, 'a.yaml');
    expect(failure).toBeUndefined();
    expect(objects[0]?.object).toMatchObject({ data: { a: '[ 1 ]' } });
  });
});
