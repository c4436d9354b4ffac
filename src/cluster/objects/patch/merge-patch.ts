import { extended, isEqualJson, isObject, type Json, type JsonObject, sortedKeys, without } from '../json.ts';

/** Applies a JSON merge patch (RFC 7396): objects merge, nulls delete, everything else replaces. */
export function applyMergePatch(original: Json, patch: Json): Json {
  if (!isObject(patch)) return patch;
  let result: JsonObject = isObject(original) ? extended(original as JsonObject, {}) : {};
  for (const key of sortedKeys(patch)) {
    const value = (patch as JsonObject)[key] ?? null;
    if (value === null) result = key in result ? without(result, key) : result;
    else result[key] = applyMergePatch(result[key] ?? null, value);
  }
  return result;
}

/** The JSON merge patch that turns one object into another. Null values in objects cannot be said by one. */
export function createMergePatch(original: JsonObject, modified: JsonObject): JsonObject {
  const patch: JsonObject = {};
  for (const key of sortedKeys(modified)) {
    const before = original[key];
    const after = modified[key] ?? null;
    if (isObject(before) && isObject(after)) {
      const difference = createMergePatch(before as JsonObject, after as JsonObject);
      if (Object.keys(difference).length > 0) patch[key] = difference;
    } else if (before === undefined || !isEqualJson(before, after)) {
      patch[key] = after;
    }
  }
  for (const key of sortedKeys(original)) if (modified[key] === undefined) patch[key] = null;
  return patch;
}
