import { isObject } from '../../objects/json.ts';
import type { Resource } from '../../objects/schema/resources.ts';
import { type Dialect, modelName, reference } from './schema-of-type.ts';

/** `com.example.v1.Widget`: the group's words from the last to the first. */
export function customModelName({ group, version, kind }: Resource): string {
  return `${group.split('.').reverse().join('.')}.${version}.${kind}`;
}

/** What a definition says of its objects, with what every object has (apiextensions: controller/openapi). */
export function schemaOfDefinition(resource: Resource, dialect: Dialect): object {
  const said = resource.custom?.version.schema?.openAPIV3Schema ?? { type: 'object' };
  const schema = (dialect === 2 ? inDialect2(said) : { ...said }) as Record<string, unknown>;
  const properties = isObject(schema['properties']) ? schema['properties'] : undefined;
  const isOpen = properties === undefined && schema['x-kubernetes-preserve-unknown-fields'] === true;
  return {
    type: 'object',
    ...schema,
    ...(!isOpen && {
      properties: {
        ...properties,
        apiVersion: { type: 'string' },
        kind: { type: 'string' },
        metadata: reference(modelName('meta.v1.ObjectMeta'), dialect),
      },
    }),
  };
}

/** Fields that the older form does not know (apiextensions: openapi/v2/conversion.go). */
const ONLY_IN_3: ReadonlySet<string> = new Set(['allOf', 'anyOf', 'default', 'not', 'nullable', 'oneOf']);
const RULES: ReadonlySet<string> = new Set(['x-kubernetes-validations']);

function inDialect2(schema: unknown): unknown {
  if (!isObject(schema)) return schema;
  if (schema['x-kubernetes-int-or-string'] === true || schema['nullable'] === true) {
    const { type: _, items: __, properties: ___, ...rest } = schema;
    return withoutNewer(schema['nullable'] === true ? rest : { ...rest });
  }
  return withoutNewer(schema);
}

function withoutNewer(schema: Record<string, unknown>): object {
  const kept: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(schema)) {
    if (ONLY_IN_3.has(field) || RULES.has(field)) continue;
    if (field === 'properties' && isObject(value))
      kept[field] = Object.fromEntries(Object.entries(value).map(([name, of]) => [name, inDialect2(of)]));
    else if (field === 'items' || field === 'additionalProperties') kept[field] = inDialect2(value);
    else kept[field] = value;
  }
  return kept;
}
