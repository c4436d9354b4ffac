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
      const pair = [before as JsonObject, value as JsonObject] as const;
      Object.assign(patch, diffObjectField(key, pair, patchMetaOf(type, key), options));
    } else if (Array.isArray(before) && Array.isArray(value)) {
      Object.assign(patch, diffListField(key, [before, value], patchMetaOf(type, key), options));
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
  key: string,
  [before, after]: readonly [JsonObject, JsonObject],
  meta: PatchMeta,
  options: DiffOptions,
): JsonObject {
  if (meta.strategy === 'replace') return options.additions ? { [key]: after } : {};
  const { deletions, additions } = options;
  const difference = diffObjects(before, after, meta.inner, {
    deletions,
    additions,
    retainsKeys: meta.retainsKeys,
  });
  return Object.keys(difference).length > 0 ? { [key]: difference } : {};
}

type Lists = readonly [before: Json[], after: Json[]];

function diffListField(key: string, lists: Lists, meta: PatchMeta, options: DiffOptions): JsonObject {
  const [before, after] = lists;
  if (meta.strategy !== 'merge') {
    return options.additions && !isEqualJson(before, after) ? { [key]: after } : {};
  }
  if (before.length === 0) return options.additions && after.length > 0 ? { [key]: after } : {};
  const { mergeKey } = meta;
  if (mergeKey === undefined) return diffScalars(key, lists, options);
  return diffElements(key, lists, { ...meta, mergeKey }, options);
}

function diffScalars(key: string, [before, after]: Lists, { deletions, additions }: DiffOptions): JsonObject {
  const has = (list: readonly Json[], item: Json): boolean => list.some((other) => isEqualJson(other, item));
  const added = additions ? after.filter((item) => !has(before, item)) : [];
  const gone = deletions ? before.filter((item) => !has(after, item)) : [];
  const isOrdered = gone.length > 0 || (additions && !isEqualJson(before, after));
  return {
    ...(added.length > 0 ? { [key]: added } : {}),
    ...(gone.length > 0 ? { [DELETE_FROM_LIST + key]: [...gone].sort(byText) } : {}),
    ...(isOrdered ? { [SET_ORDER + key]: after } : {}),
  };
}

type KeyedMeta = PatchMeta & { readonly mergeKey: string };

function diffElements(
  key: string,
  [before, after]: Lists,
  meta: KeyedMeta,
  options: DiffOptions,
): JsonObject {
  const { mergeKey } = meta;
  const old = elementsByKey(before, mergeKey);
  const kept = elementsByKey(after, mergeKey);
  const changes = [...kept].flatMap(([identity, element]) =>
    changeOf(old.get(identity), element, meta, options),
  );
  const gone = options.deletions ? [...old].filter(([identity]) => !kept.has(identity)) : [];
  const deleted = gone.map(([, element]) => ({ $patch: 'delete', [mergeKey]: element[mergeKey] ?? null }));
  const list = [...sortByOrder(changes, after, mergeKey), ...deleted];
  const isReordered = !isEqualJson(keysOf(before, mergeKey), keysOf(after, mergeKey));
  if (list.length === 0 && !(options.additions && isReordered)) return {};
  const order = keysOf(after, mergeKey).map((value) => ({ [mergeKey]: value }));
  return { ...(list.length > 0 ? { [key]: list } : {}), [SET_ORDER + key]: order };
}

/** What a patch says of one element; nothing when nothing changed. */
function changeOf(
  previous: JsonObject | undefined,
  element: JsonObject,
  { mergeKey, inner, retainsKeys }: KeyedMeta,
  { deletions, additions }: DiffOptions,
): readonly JsonObject[] {
  if (previous === undefined) return additions ? [element] : [];
  const difference = diffObjects(previous, element, inner, { deletions, additions, retainsKeys });
  if (Object.keys(difference).length === 0) return [];
  return [{ ...difference, [mergeKey]: element[mergeKey] ?? null }];
}

/**
 * Elements by the text of their merge key, in the order of that text, which is how Kubernetes compares them.
 */
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
