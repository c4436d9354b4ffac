import { expect, test } from 'vitest';
import { applySchemaDefaults, pruneNulls } from '../../../src/cluster/objects/custom/walk-schema.ts';

test.each`
  schema                                          | value            | wanted
  ${{ type: 'object' }}                           | ${{ a: null }}   | ${{}}
  ${{ type: 'object', nullable: true }}           | ${{ a: null }}   | ${{ a: null }}
  ${{ type: 'string', default: 'x' }}             | ${{ a: null }}   | ${{ a: 'x' }}
  ${{ type: 'array', items: { type: 'string' } }} | ${{ a: [null] }} | ${{ a: [null] }}
`('a field of schema $schema that says $value is read as $wanted', ({ schema, value, wanted }) => {
  const whole = { properties: { a: schema } };
  const read = structuredClone(value);
  pruneNulls(read, whole);
  applySchemaDefaults(read, whole);
  expect(read).toEqual(wanted);
});

test('null of a field that the schema does not name stays', () => {
  const read = { b: { c: null } };
  pruneNulls(read, { properties: { b: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } } });
  expect(read).toEqual({ b: { c: null } });
});
