import { isObject, type JsonObject, sortedKeys } from '../json.ts';
import { type FieldSet, NO_FIELDS } from './field-set.ts';

/** A set as the API writes it: `{ "f:spec": { "f:replicas": {} } }` (metav1: FieldsV1). */
export function encodeFields({ isMember, below }: FieldSet): JsonObject {
  const encoded: JsonObject = isMember && below.size > 0 ? { '.': {} } : {};
  const elements = [...below.keys()].sort();
  for (const element of elements) encoded[element] = encodeFields(below.get(element) ?? NO_FIELDS);
  return encoded;
}

export function decodeFields(encoded: unknown): FieldSet {
  const below = new Map<string, FieldSet>();
  if (!isObject(encoded)) return NO_FIELDS;
  for (const element of sortedKeys(encoded)) {
    if (element !== '.') below.set(element, decodeInner(encoded[element]));
  }
  return { isMember: false, below };
}

/** What has nothing below it is there for itself. */
function decodeInner(encoded: unknown): FieldSet {
  const { below } = decodeFields(encoded);
  return { isMember: below.size === 0 || (isObject(encoded) && '.' in encoded), below };
}
