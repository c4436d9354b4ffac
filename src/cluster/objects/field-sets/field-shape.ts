import { schemaOfItems, schemaOfMember } from '../custom/walk-schema.ts';
import { encodeGoJson } from '../go-json.ts';
import { isObject } from '../json.ts';
import type { JSONSchemaProps } from '../kubernetes.ts';
import { typeOfKind } from '../schema/find-field.ts';
import { type FieldSchema, typeNamed, type ValueType } from '../schema/read-schema-table.ts';

/** How a value is owned: as a whole, or part by part. */
export interface FieldShape {
  readonly value: ValueType;
  /** Lists that say nothing are owned as a whole. */
  readonly list: 'atomic' | 'set' | 'map';
  readonly listKeys: readonly string[];
  readonly isAtomic: boolean;
  /** Of kinds that a definition describes: what it says of the value. */
  readonly schema?: JSONSchemaProps;
  /** The value is a whole object, with metadata as every object has it. */
  readonly isWhole?: true;
}

/** What nobody has described: objects part by part, lists as a whole. */
const UNDESCRIBED: FieldShape = shapeOf({ form: 'any' });

/** The shape of a kind's objects. */
export function shapeOfKind({ apiVersion = '', kind = '' }: Kind): FieldShape {
  const type = typeOfKind(apiVersion, kind);
  return type === undefined ? UNDESCRIBED : shapeOf({ form: 'object', type: type.name });
}

/** The shape of objects that a definition describes (structured-merge-diff: schemaconv). */
export function shapeOfObjects(schema: JSONSchemaProps): FieldShape {
  return { ...shapeOfSchema(schema), isWhole: true };
}

function shapeOfSchema(schema: JSONSchemaProps): FieldShape {
  const listType = schema['x-kubernetes-list-type'];
  return {
    value: { form: 'any' },
    list: listType === 'set' || listType === 'map' ? listType : 'atomic',
    listKeys: schema['x-kubernetes-list-map-keys'] ?? [],
    isAtomic: schema['x-kubernetes-map-type'] === 'atomic',
    schema,
  };
}

export interface Kind {
  readonly apiVersion?: string;
  readonly kind?: string;
}

function shapeOf(value: ValueType): FieldShape {
  const isAtomic = value.form === 'object' && typeNamed(value.type)?.isAtomic === true;
  return { value, list: 'atomic', listKeys: [], isAtomic };
}

function shapeOfField({ value, listType = 'atomic', listKeys, isAtomic }: FieldSchema): FieldShape {
  const own = shapeOf(value);
  return { ...own, list: listType, listKeys, isAtomic: isAtomic || own.isAtomic };
}

/** The shape of a field of an object or an entry of a map; undefined for a field that the type lacks. */
export function shapeWithin({ value, schema, isWhole }: FieldShape, name: string): FieldShape | undefined {
  if (schema) {
    if (isWhole && name === 'metadata') return shapeOf({ form: 'object', type: 'meta.v1.ObjectMeta' });
    const member = schemaOfMember(schema, name);
    return member ? shapeOfSchema(member) : UNDESCRIBED;
  }
  switch (value.form) {
    case 'object': {
      const field = typeNamed(value.type)?.fields.get(name);
      return field && shapeOfField(field);
    }
    case 'map':
      return shapeOf(value.of);
    case 'any':
      return UNDESCRIBED;
    default:
      return undefined;
  }
}

/** The shape of a list's elements. */
export function shapeOfElements({ value, schema }: FieldShape): FieldShape {
  const items = schema && schemaOfItems(schema);
  if (items) return shapeOfSchema(items);
  return value.form === 'list' ? shapeOf(value.of) : UNDESCRIBED;
}

/** Whether a value is owned as a whole. */
export function isLeaf(value: unknown, shape: FieldShape): boolean {
  if (shape.isAtomic) return true;
  if (Array.isArray(value)) return shape.list === 'atomic';
  return !isObject(value);
}

/** Keys of a list's elements that OpenAPI has a default for: the protocol of a port. */
const KEY_DEFAULTS: Readonly<Record<string, string>> = { protocol: 'TCP' };

/** The path element of a list's element: by its keys, or by its own value in a set. */
export function elementOf(item: unknown, { list, listKeys }: FieldShape): string {
  if (list === 'set' || !isObject(item)) return `v:${encodeGoJson(item)}`;
  const keys = [...listKeys].sort().flatMap((key) => {
    const value = item[key] ?? KEY_DEFAULTS[key];
    return value === undefined ? [] : [[key, value] as const];
  });
  return `k:${encodeGoJson(Object.fromEntries(keys))}`;
}
