import fc from 'fast-check';
import { expect, test } from 'vitest';
import { establishedAs } from '../../../src/cluster/founding/addons/definition.ts';
import { validateSchema } from '../../../src/cluster/objects/custom/validate-schema.ts';
import { pruneUnknown } from '../../../src/cluster/objects/custom/walk-schema.ts';
import type { CustomResourceDefinition, JSONSchemaProps } from '../../../src/cluster/objects/kubernetes.ts';
import { given } from '../apiserver/server.ts';

const leaf = fc.constantFrom<JSONSchemaProps>(
  { type: 'string', maxLength: 3 },
  { type: 'integer', minimum: 0, default: 1 },
  { type: 'boolean', nullable: true },
  { type: 'array', items: { type: 'string' }, maxItems: 2 },
  { type: 'object', additionalProperties: { type: 'integer' } },
);
const spec = fc
  .record({ a: leaf, b: leaf, isNeeded: fc.boolean() })
  .map(({ a, b, isNeeded }): JSONSchemaProps => {
    return { type: 'object', properties: { a, b }, ...(isNeeded && { required: ['a'] }) };
  });
const value = fc.oneof(
  fc.string({ maxLength: 4 }),
  fc.integer({ min: -1, max: 5 }),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.string({ maxLength: 2 }), { maxLength: 3 }),
  fc.dictionary(fc.constantFrom('x', 'y'), fc.integer()),
);

test('whatever is stored is as its definition says', () => {
  let stored = 0;
  fc.assert(
    fc.property(spec, fc.dictionary(fc.constantFrom('a', 'b', 'c'), value), (inside, members) => {
      const schema: JSONSchemaProps = { type: 'object', properties: { spec: inside } };
      const definition: CustomResourceDefinition = {
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        metadata: { name: 'things.example.com', uid: 'u' },
        spec: {
          group: 'example.com',
          scope: 'Namespaced',
          names: { plural: 'things', singular: 'thing', kind: 'Thing', listKind: 'ThingList' },
          versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } }],
        },
      };
      const server = given([establishedAs(definition, '2026-01-01T00:00:00Z')]);
      const object = { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'a' }, spec: members };
      const { response } = server.send({
        verb: 'create',
        resource: 'things.example.com',
        namespace: 'default',
        object,
        strict: false,
      });
      if (!response.ok) return;
      stored++;
      const copy = JSON.parse(JSON.stringify(response.object));
      expect(validateSchema(copy, schema)).toEqual([]);
      expect(pruneUnknown(copy, schema)).toEqual([]);
    }),
  );
  expect(stored).toBeGreaterThan(0);
});
