import type { TypeSchema, ValueType } from '../schema/read-schema-table.ts';
import { typeNamed } from '../schema/read-schema-table.ts';

/** How a strategic merge patch treats one field. */
export interface PatchMeta {
  /**
   * `merge` for lists whose elements are found again, `replace` for what is set as a whole; otherwise absent.
   */
  readonly strategy?: string;
  /** Whether a patch names the keys that it keeps, so that the others go (unions such as volumes). */
  readonly retainsKeys: boolean;
  readonly mergeKey?: string;
  /** The type of the object, or of the list's elements, where the API knows it. */
  readonly inner?: TypeSchema;
}

/**
 * Of a field that the API does not know nothing is known, and so its lists are replaced and its objects
 * merged.
 */
export function patchMetaOf(type: TypeSchema | undefined, field: string): PatchMeta {
  const schema = type?.fields.get(field);
  if (schema === undefined) return { retainsKeys: false };
  const strategy = schema.patchStrategies.find((name) => name !== 'retainKeys');
  const inner = innerType(schema.value);
  return {
    retainsKeys: schema.patchStrategies.includes('retainKeys'),
    ...(strategy === undefined ? {} : { strategy }),
    ...(schema.mergeKey === undefined ? {} : { mergeKey: schema.mergeKey }),
    ...(inner === undefined ? {} : { inner }),
  };
}

function innerType(value: ValueType): TypeSchema | undefined {
  if (value.form === 'list') return innerType(value.of);
  return value.form === 'object' ? typeNamed(value.type) : undefined;
}
