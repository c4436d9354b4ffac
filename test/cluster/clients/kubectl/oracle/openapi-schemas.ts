import { anyName } from '../../../../../src/cluster/clients/kubectl/verbs/explain/explain-schema.ts';
import type { Json, JsonObject } from '../../../../../src/cluster/objects/json.ts';
import { typeOfKind } from '../../../../../src/cluster/objects/schema/find-field.ts';
import {
  type Scalar,
  type TypeSchema,
  typeNamed,
  type ValueType,
} from '../../../../../src/cluster/objects/schema/read-schema-table.ts';
import type { Resource } from '../../../../../src/cluster/objects/schema/resources.ts';

/** The types that the kinds of some resources are made of, as OpenAPI v3 writes them. */
export function schemasOf(resources: readonly Resource[]): Json {
  const schemas: Record<string, JsonObject> = { Quantity: {}, IntOrString: {}, Time: { type: 'string' } };
  const take = (type: TypeSchema): void => {
    if (schemas[type.name] !== undefined) return;
    const required = [...type.fields.values()].filter(({ isRequired }) => isRequired).map(({ name }) => name);
    schemas[type.name] = {};
    const properties = [...type.fields.values()].map((field): [string, Json] => {
      const { name, value, mergeKey, patchStrategies } = field;
      const inside = objectIn(value);
      if (inside !== undefined) take(inside);
      const merging = {
        ...(mergeKey === undefined ? {} : { 'x-kubernetes-patch-merge-key': mergeKey }),
        ...(patchStrategies.length === 0 ? {} : { 'x-kubernetes-patch-strategy': patchStrategies.join(',') }),
      };
      return [name, { ...schemaOf(value, name), ...merging }];
    });
    schemas[type.name] = {
      type: 'object',
      properties: Object.fromEntries(properties),
      ...(required.length === 0 ? {} : { required }),
    };
  };
  for (const { apiVersion, kind, group, version } of resources) {
    const type = typeOfKind(apiVersion, kind);
    if (type === undefined) continue;
    take(type);
    schemas[type.name] = {
      ...schemas[type.name],
      'x-kubernetes-group-version-kind': [{ group, kind, version }],
    };
  }
  return schemas;
}

function objectIn(value: ValueType): TypeSchema | undefined {
  if (value.form === 'list' || value.form === 'map') return objectIn(value.of);
  return value.form === 'object' ? typeNamed(value.type) : undefined;
}

const SCALARS: Readonly<Record<Scalar, JsonObject>> = {
  string: { type: 'string' },
  boolean: { type: 'boolean' },
  int32: { type: 'integer', format: 'int32' },
  int64: { type: 'integer', format: 'int64' },
  double: { type: 'number', format: 'double' },
  bytes: { type: 'string', format: 'byte' },
  quantity: { $ref: '#/components/schemas/Quantity' },
  time: { $ref: '#/components/schemas/Time' },
  microtime: { $ref: '#/components/schemas/Time' },
  intorstring: { $ref: '#/components/schemas/IntOrString' },
};

function schemaOf(value: ValueType, field: string): JsonObject {
  switch (value.form) {
    case 'scalar':
      return SCALARS[value.scalar];
    case 'list':
      return { type: 'array', items: schemaOf(value.of, field) };
    case 'map':
      return { type: 'object', additionalProperties: schemaOf(value.of, field) };
    case 'object':
      return { allOf: [{ $ref: `#/components/schemas/${value.type}` }], default: {} };
    case 'any':
      return { $ref: `#/components/schemas/${anyName(field)}` };
  }
}
