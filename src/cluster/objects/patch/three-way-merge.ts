import { isObject, type Json, type JsonObject, sortedKeys } from '../json.ts';
import { typeOfKind } from '../schema/find-field.ts';
import { createMergePatch } from './merge-patch.ts';
import { diffObjects } from './strategic-diff.ts';
import { mergeObjects } from './strategic-merge.ts';

export interface ThreeWayPatch {
  /** How the API server is asked to apply it. */
  readonly patchType: 'strategic' | 'merge';
  /** Empty when nothing is to change, which kubectl reports as `unchanged`. */
  readonly patch: JsonObject;
}

/**
 * The patch of `kubectl apply` (apimachinery: strategicpatch CreateThreeWayMergePatch): what the manifest no
 * longer has but had when it was last applied is deleted, what it has and the live object has not is set, and
 * what only the live object has stays.
 */
export function threeWayMergePatch(
  original: JsonObject,
  modified: JsonObject,
  current: JsonObject,
  { apiVersion, kind }: { readonly apiVersion: string; readonly kind: string },
): ThreeWayPatch {
  const type = typeOfKind(apiVersion, kind);
  if (type === undefined)
    return { patchType: 'merge', patch: threeWayJsonPatch(original, modified, current) };
  const changes = diffObjects(current, modified, type, { deletions: false, additions: true });
  const deletions = diffObjects(original, modified, type, { deletions: true, additions: false });
  return { patchType: 'strategic', patch: mergeObjects(deletions, changes, type, 'combine') };
}

/** The same without knowledge of the kind (apimachinery: jsonmergepatch): lists are replaced as a whole. */
function threeWayJsonPatch(original: JsonObject, modified: JsonObject, current: JsonObject): JsonObject {
  const changes = pick(createMergePatch(current, modified), (value) => value !== null);
  const deletions = pick(createMergePatch(original, modified), (value) => value === null);
  return combine(deletions, changes);
}

/** Keeps the leaves of a patch that pass; objects that become empty are left out. */
function pick(patch: JsonObject, isKept: (value: Json) => boolean): JsonObject {
  const result: JsonObject = {};
  for (const key of sortedKeys(patch)) {
    const value = patch[key] ?? null;
    if (!isObject(value)) {
      if (isKept(value)) result[key] = value;
      continue;
    }
    const inner = pick(value as JsonObject, isKept);
    if (Object.keys(inner).length > 0 || (Object.keys(value).length === 0 && isKept(value as JsonObject))) {
      result[key] = inner;
    }
  }
  return result;
}

function combine(deletions: JsonObject, changes: JsonObject): JsonObject {
  const result = { ...deletions };
  for (const key of sortedKeys(changes)) {
    const value = changes[key] ?? null;
    const before = result[key];
    const isBoth = isObject(before) && isObject(value);
    result[key] = isBoth ? combine(before as JsonObject, value as JsonObject) : value;
  }
  return result;
}
