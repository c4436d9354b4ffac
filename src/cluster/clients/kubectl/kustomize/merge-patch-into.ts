import { isEqualJson, isObject, type Json, type JsonObject } from '../../../objects/json.ts';
import { patchMetaOf } from '../../../objects/patch/patch-meta.ts';
import type { TypeSchema } from '../../../objects/schema/read-schema-table.ts';

/**
 * A strategic merge as kustomize does it: in a list, what the patch names comes first and in the order of the
 * patch, where the API server keeps the order that there was (kyaml: merge2, MergeOptionsListPrepend).
 * Undefined for what the patch deletes.
 */
export function mergePatchInto(
  object: JsonObject,
  patch: JsonObject,
  type: TypeSchema | undefined,
): JsonObject | undefined {
  const { $patch: directive, ...fields } = patch;
  if (directive === 'delete') return undefined;
  if (directive === 'replace') return fields;
  const merged: JsonObject = { ...object };
  for (const [name, value] of Object.entries(fields)) {
    const result = mergeField(merged[name], value, { name, type });
    if (result === undefined) delete merged[name];
    else merged[name] = result;
  }
  return merged;
}

interface Place {
  readonly name: string;
  readonly type: TypeSchema | undefined;
}

function mergeField(before: Json | undefined, patch: Json, { name, type }: Place): Json | undefined {
  if (patch === null) return undefined;
  const { strategy, mergeKey, inner } = patchMetaOf(type, name);
  if (Array.isArray(patch)) {
    if (strategy !== 'merge' || !Array.isArray(before)) return clean(patch, inner);
    return mergeKey === undefined
      ? [...patch.filter((item) => !before.some((other) => isEqualJson(item, other))), ...before]
      : mergeElements(before, patch, { mergeKey, inner });
  }
  if (!isObject(patch)) return patch;
  return mergePatchInto(isObject(before) ? (before as JsonObject) : {}, patch as JsonObject, inner);
}

/** What there is nothing to merge with is taken as it is, without its orders to delete. */
function clean(list: readonly Json[], inner: TypeSchema | undefined): Json[] {
  return list.flatMap((item): Json[] => {
    if (!isObject(item)) return [item];
    const merged = mergePatchInto({}, item as JsonObject, inner);
    return merged === undefined || item['$patch'] === 'replace' ? [] : [merged];
  });
}

interface Merging {
  readonly mergeKey: string;
  readonly inner: TypeSchema | undefined;
}

function mergeElements(
  before: readonly Json[],
  patch: readonly Json[],
  { mergeKey, inner }: Merging,
): Json[] {
  if (patch.some((item) => isObject(item) && item['$patch'] === 'replace' && item[mergeKey] === undefined)) {
    return clean(patch, inner);
  }
  const met = new Set<Json>();
  const told = patch.flatMap((item): Json[] => {
    const isSame = (other: Json): boolean =>
      isObject(item) && isObject(other) && item[mergeKey] === other[mergeKey];
    const found = before.find(isSame);
    if (found !== undefined) met.add(found);
    const result = mergePatchInto((found ?? {}) as JsonObject, item as JsonObject, inner);
    return result === undefined ? [] : [result];
  });
  return [...told, ...before.filter((item) => !met.has(item))];
}
