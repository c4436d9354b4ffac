import { compareText, isEqualJson, isObject, type Json, type JsonObject, sortedKeys } from '../json.ts';
import { typeOfKind } from '../schema/find-field.ts';
import type { TypeSchema } from '../schema/read-schema-table.ts';
import { sortByOrder } from './element-order.ts';
import { type PatchMeta, patchMetaOf } from './patch-meta.ts';
import { DELETE_FROM_LIST, RETAIN_KEYS, SET_ORDER } from './strategic-merge.ts';

/** Which half of a difference is asked for. */
export interface DiffOptions {
  readonly deletions: boolean;
  readonly additions: boolean;
}

/**
 * The strategic merge patch that turns one object into another (apimachinery: strategicpatch diffMaps), as
 * `kubectl edit`, `label` and `set` send it. Undefined for kinds that Kubernetes does not have.
 */
export function createStrategicPatch(
  original: JsonObject,
  modified: JsonObject,
  { apiVersion, kind }: { readonly apiVersion: string; readonly kind: string },
): JsonObject | undefined {
  const type = typeOfKind(apiVersion, kind);
  return type && diffObjects(original, modified, type, { deletions: true, additions: true });
}

export function diffObjects(
  original: JsonObject,
  modified: JsonObject,
  type: TypeSchema | undefined,
  options: DiffOptions & { readonly retainsKeys?: boolean },
): JsonObject {
  const patch: JsonObject = {};
  for (const key of sortedKeys(modified)) {
    const value = modified[key] ?? null;
    const before = original[key];
    if (isObject(before) && isObject(value)) {
      diffObjectField(
        patch,
        key,
        [before as JsonObject, value as JsonObject],
        patchMetaOf(type, key),
        options,
      );
    } else if (Array.isArray(before) && Array.isArray(value)) {
      diffListField(patch, key, [before, value], patchMetaOf(type, key), options);
    } else if (options.additions && (before === undefined || !isEqualJson(before, value))) {
      patch[key] = value;
    }
  }
  const gone = sortedKeys(original).filter((key) => modified[key] === undefined);
  if (options.deletions) for (const key of gone) patch[key] = null;
  const retained = options.retainsKeys ? sortedKeys(modified).filter((key) => modified[key] !== null) : [];
  const hasChange = Object.keys(patch).length > 0 || gone.some((key) => original[key] !== null);
  if (retained.length > 0 && hasChange) patch[RETAIN_KEYS] = retained;
  return patch;
}

function diffObjectField(
  patch: JsonObject,
  key: string,
  [before, after]: readonly [JsonObject, JsonObject],
  meta: PatchMeta,
  options: DiffOptions,
): void {
  if (meta.strategy === 'replace') {
    if (options.additions) patch[key] = after;
    return;
  }
  const { deletions, additions } = options;
  const difference = diffObjects(before, after, meta.inner, {
    deletions,
    additions,
    retainsKeys: meta.retainsKeys,
  });
  if (Object.keys(difference).length > 0) patch[key] = difference;
}

function diffListField(
  patch: JsonObject,
  key: string,
  [before, after]: readonly [Json[], Json[]],
  meta: PatchMeta,
  options: DiffOptions,
): void {
  if (meta.strategy !== 'merge') {
    if (options.additions && !isEqualJson(before, after)) patch[key] = after;
    return;
  }
  if (before.length === 0) {
    if (options.additions && after.length > 0) patch[key] = after;
    return;
  }
  if (meta.mergeKey === undefined) diffScalars(patch, key, [before, after], options);
  else diffElements(patch, key, [before, after], { ...meta, mergeKey: meta.mergeKey }, options);
}

function diffScalars(
  patch: JsonObject,
  key: string,
  [before, after]: readonly [Json[], Json[]],
  { deletions, additions }: DiffOptions,
): void {
  const has = (list: readonly Json[], item: Json): boolean => list.some((other) => isEqualJson(other, item));
  const added = additions ? after.filter((item) => !has(before, item)) : [];
  const gone = deletions ? before.filter((item) => !has(after, item)) : [];
  if (added.length > 0) patch[key] = added;
  if (gone.length > 0) patch[DELETE_FROM_LIST + key] = [...gone].sort(byText);
  if (gone.length > 0 || (additions && !isEqualJson(before, after))) patch[SET_ORDER + key] = after;
}

function diffElements(
  patch: JsonObject,
  key: string,
  [before, after]: readonly [Json[], Json[]],
  meta: PatchMeta & { readonly mergeKey: string },
  options: DiffOptions,
): void {
  const { mergeKey } = meta;
  const old = elementsByKey(before, mergeKey);
  const changes: Json[] = [];
  for (const [identity, element] of elementsByKey(after, mergeKey)) {
    const previous = old.get(identity);
    if (previous === undefined) {
      if (options.additions) changes.push(element);
      continue;
    }
    const { deletions, additions } = options;
    const difference = diffObjects(previous, element, meta.inner, {
      deletions,
      additions,
      retainsKeys: meta.retainsKeys,
    });
    if (Object.keys(difference).length > 0)
      changes.push({ ...difference, [mergeKey]: element[mergeKey] ?? null });
  }
  const kept = elementsByKey(after, mergeKey);
  const gone = [...old].filter(([identity]) => !kept.has(identity));
  const deleted = options.deletions
    ? gone.map(([, element]) => ({ $patch: 'delete', [mergeKey]: element[mergeKey] ?? null }))
    : [];
  const list = [...sortByOrder(changes, after, mergeKey), ...deleted];
  const isReordered = !isEqualJson(keysOf(before, mergeKey), keysOf(after, mergeKey));
  if (list.length > 0) patch[key] = list;
  if (list.length > 0 || (options.additions && isReordered)) {
    patch[SET_ORDER + key] = keysOf(after, mergeKey).map((value) => ({ [mergeKey]: value }));
  }
}

/** Elements by the text of their merge key, in the order of that text, which is how Kubernetes compares them. */
function elementsByKey(list: readonly Json[], mergeKey: string): ReadonlyMap<string, JsonObject> {
  const elements = list.filter(isObject) as JsonObject[];
  const entries = elements.map((element) => [String(element[mergeKey]), element] as const);
  return new Map(entries.sort(([a], [b]) => compareText(a, b)));
}

function keysOf(list: readonly Json[], mergeKey: string): readonly Json[] {
  return list.map((element) =>
    isObject(element) ? ((element[mergeKey] as Json | undefined) ?? null) : element,
  );
}

function byText(a: Json, b: Json): number {
  return compareText(String(a), String(b));
}
