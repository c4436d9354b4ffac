import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkNewDefinition } from '../../../src/cluster/objects/custom/check-definition.ts';
import { validateSchema } from '../../../src/cluster/objects/custom/validate-schema.ts';
import { applySchemaDefaults, pruneUnknown } from '../../../src/cluster/objects/custom/walk-schema.ts';
import type { CustomResourceDefinition, JSONSchemaProps } from '../../../src/cluster/objects/kubernetes.ts';
import { formatFieldError } from '../../../src/cluster/objects/validation/field-error.ts';

const text: JSONSchemaProps = { type: 'string' };

/** What a value of one field is told. */
function toldOf(schema: JSONSchemaProps, value: unknown): string[] {
  const root: JSONSchemaProps = {
    type: 'object',
    properties: { spec: { type: 'object', properties: { x: schema } } },
  };
  return validateSchema({ spec: { x: value } }, root).map(formatFieldError);
}

describe('a value that its schema does not allow', () => {
  test.each<[string, JSONSchemaProps, unknown, string[]]>([
    [
      'another type',
      { type: 'integer' },
      'three',
      ['spec.x: Invalid value: "string": spec.x in body must be of type integer: "string"'],
    ],
    [
      'a fraction',
      { type: 'integer' },
      1.5,
      ['spec.x: Invalid value: "number": spec.x in body must be of type integer: "number"'],
    ],
    ['null', text, null, ['spec.x: Invalid value: "null": spec.x in body must be of type string: "null"']],
    [
      'too many',
      { type: 'integer', maximum: 10 },
      15,
      ['spec.x: Invalid value: 15: spec.x in body should be less than or equal to 10'],
    ],
    [
      'too few',
      { type: 'integer', minimum: 1 },
      0,
      ['spec.x: Invalid value: 0: spec.x in body should be greater than or equal to 1'],
    ],
    [
      'a pattern',
      { ...text, pattern: '^a+$' },
      'b',
      ['spec.x: Invalid value: "b": spec.x in body should match \'^a+$\''],
    ],
    [
      'none of them',
      { ...text, enum: ['a', 'b'] },
      'c',
      ['spec.x: Unsupported value: "c": supported values: "a", "b"'],
    ],
    ['too long', { ...text, maxLength: 2 }, 'abc', ['spec.x: Too long: may not be more than 2 bytes']],
    [
      'too short',
      { ...text, minLength: 2 },
      'a',
      ['spec.x: Invalid value: "a": spec.x in body should be at least 2 chars long'],
    ],
    [
      'items',
      { type: 'array', maxItems: 1, items: text },
      ['a', 1],
      [
        'spec.x[1]: Invalid value: "integer": spec.x[1] in body must be of type string: "integer"',
        'spec.x: Too many: 2: must have at most 1 item',
      ],
    ],
    ['a member', { type: 'object', required: ['y'] }, {}, ['spec.x.y: Required value']],
    [
      'an entry',
      { type: 'object', additionalProperties: { type: 'integer' } },
      { a: 'b' },
      ['spec.x.a: Invalid value: "string": spec.x.a in body must be of type integer: "string"'],
    ],
    [
      'neither',
      { 'x-kubernetes-int-or-string': true },
      true,
      ['spec.x: Invalid value: "boolean": spec.x in body must be of type integer,string: "boolean"'],
    ],
    [
      'a time',
      { ...text, format: 'date-time' },
      'noon',
      ['spec.x: Invalid value: "noon": spec.x in body must be of type date-time: "noon"'],
    ],
    [
      'one of two',
      { type: 'object', oneOf: [{ required: ['a'] }, { required: ['b'] }] },
      { a: 1, b: 1 },
      [
        '<nil>: Invalid value: "": "spec.x" must validate one and only one schema (oneOf). Found 2 valid alternatives',
      ],
    ],
  ])('%s', (_name, schema, value, told) => expect(toldOf(schema, value)).toEqual(told));

  test.each<[string, JSONSchemaProps, unknown]>([
    ['a number that is whole', { type: 'number' }, 1],
    ['null where it may be', { type: 'string', nullable: true }, null],
    ['either of two types', { 'x-kubernetes-int-or-string': true }, '80%'],
    ['a format that nobody knows', { ...text, format: 'colour' }, 'red'],
    ['an expression that only Go knows', { ...text, pattern: '^(?U)a+$' }, 'x'],
  ])('but not %s', (_name, schema, value) => expect(toldOf(schema, value)).toEqual([]));
});

test('what is not declared goes, unless it is kept', () => {
  const object = {
    apiVersion: 'v1',
    kind: 'A',
    metadata: {},
    a: 1,
    b: { c: 1, d: 1 },
    e: { f: { g: 1 } },
    h: [{ i: 1 }],
  };
  const problems = pruneUnknown(object, {
    type: 'object',
    properties: {
      b: { type: 'object', properties: { c: { type: 'integer' } } },
      e: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
      h: { type: 'array', items: { type: 'object' } },
    },
  });
  expect(object).toEqual({
    apiVersion: 'v1',
    kind: 'A',
    metadata: {},
    b: { c: 1 },
    e: { f: { g: 1 } },
    h: [{}],
  });
  expect(problems.map(({ message }) => message)).toEqual([
    'unknown field "a"',
    'unknown field "b.d"',
    'unknown field "h[0].i"',
  ]);
});

test('defaults come where something is missing, from the outside in', () => {
  const object = { spec: { list: [{}], size: null } };
  applySchemaDefaults(object, {
    properties: {
      spec: {
        properties: {
          size: { type: 'integer', default: 3 },
          mode: { type: 'object', default: {}, properties: { fast: { type: 'boolean', default: true } } },
          list: { items: { properties: { a: { default: 'x' } } } },
          other: { properties: { never: { default: 1 } } },
        },
      },
    },
  });
  expect(object).toEqual({ spec: { size: 3, mode: { fast: true }, list: [{ a: 'x' }] } });
});

describe('a definition is refused', () => {
  const schema: JSONSchemaProps = { type: 'object' };
  const definition = (spec: object, name = 'as.b.c'): CustomResourceDefinition => ({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name },
    spec: {
      group: 'b.c',
      scope: 'Namespaced',
      names: { plural: 'as', singular: 'a', kind: 'A', listKind: 'AList' },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } }],
      ...spec,
    },
  });
  const versionsWith = (openAPIV3Schema: JSONSchemaProps) => [
    { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema } },
  ];

  test.each<[string, CustomResourceDefinition, string]>([
    [
      'whose name is another',
      definition({}, 'x.b.c'),
      'metadata.name: Invalid value: "x.b.c": must be spec.names.plural+"."+spec.group',
    ],
    [
      'without a schema',
      definition({ versions: [{ name: 'v1', served: true, storage: true }] }),
      'spec.versions[0].schema.openAPIV3Schema: Required value',
    ],
    [
      'with a field without a type',
      definition({ versions: versionsWith({ type: 'object', properties: { spec: {} } }) }),
      'spec.validation.openAPIV3Schema.properties[spec].type: Required value: must not be empty for specified object fields',
    ],
    [
      'with a list of nothing',
      definition({ versions: versionsWith({ type: 'object', properties: { spec: { type: 'array' } } }) }),
      'spec.validation.openAPIV3Schema.properties[spec].items: Required value: must be specified',
    ],
    [
      'with a group without a dot',
      definition({ group: 'b' }, 'as.b'),
      'spec.group: Invalid value: "b": should be a domain with at least one dot',
    ],
    [
      'with a column of no type',
      definition({
        versions: [
          {
            ...versionsWith(schema)[0],
            additionalPrinterColumns: [{ name: 'A', type: 'text', jsonPath: '.a' }],
          },
        ],
      }),
      'spec.additionalPrinterColumns[0].type: Invalid value: "text": must be one of boolean,date,integer,number,string',
    ],
  ])('%s', (_name, given, told) => expect(checkNewDefinition(given).map(formatFieldError)).toEqual([told]));

  test('not, when it is as it should be', () => expect(checkNewDefinition(definition({}))).toEqual([]));
});

test('a value that was pruned is not pruned again', () => {
  const leaf = fc.constantFrom<JSONSchemaProps>(
    text,
    { type: 'integer' },
    { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  );
  const schema = fc
    .dictionary(fc.constantFrom('a', 'b', 'c'), leaf)
    .map((properties): JSONSchemaProps => ({ type: 'object', properties }));
  const object = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.jsonValue());
  fc.assert(
    fc.property(schema, object, (given, value) => {
      const copy = JSON.parse(JSON.stringify(value));
      pruneUnknown(copy, given);
      const before = JSON.stringify(copy);
      expect(pruneUnknown(copy, given)).toEqual([]);
      expect(JSON.stringify(copy)).toBe(before);
    }),
  );
});
