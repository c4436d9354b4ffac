import { compareText } from '../../../../objects/json.ts';
import {
  type FieldSchema,
  type Scalar,
  type TypeSchema,
  typeNamed,
  type ValueType,
} from '../../../../objects/schema/read-schema-table.ts';
import type { Resource } from '../../../../objects/schema/resources.ts';

/** What is to be explained. */
export interface Explained {
  readonly resource: Resource;
  readonly type: TypeSchema;
  /** Names of fields, from the object down. */
  readonly path: readonly string[];
  readonly isRecursive: boolean;
}

/** What OpenAPI calls the type of a scalar. */
export const OPENAPI_TYPES: Readonly<Record<Scalar, string>> = {
  string: 'string',
  boolean: 'boolean',
  int32: 'integer',
  int64: 'integer',
  double: 'number',
  bytes: 'string',
  quantity: 'string',
  time: 'string',
  microtime: 'string',
  intorstring: 'string',
};

/** The object type inside of lists and maps; undefined where there are only scalars. */
export function objectIn(value: ValueType): TypeSchema | undefined {
  if (value.form === 'list' || value.form === 'map') return objectIn(value.of);
  return value.form === 'object' ? typeNamed(value.type) : undefined;
}

/** By name, as both printers go through them. */
export function fieldsInOrder({ fields }: TypeSchema): readonly FieldSchema[] {
  return [...fields.values()].sort((a, b) => compareText(a.name, b.name));
}
