import { encodeGoJson } from '../go-json.ts';
import { isEqualJson, isObject, type Json, type JsonObject, sortedKeys } from '../json.ts';
import { typeOfKind } from '../schema/find-field.ts';
import type { TypeSchema } from '../schema/read-schema-table.ts';
import { indexIn, orderElements } from './element-order.ts';
import { type PatchMeta, patchMetaOf } from './patch-meta.ts';
import { BadPatch, outcomeOf, type PatchOutcome } from './patch-outcome.ts';

export const DELETE_FROM_LIST = '$deleteFromPrimitiveList/';
export const SET_ORDER = '$setElementOrder/';
export const RETAIN_KEYS = '$retainKeys';

/**
 * Applies a strategic merge patch (apimachinery: strategicpatch/patch.go). Objects merge, nulls delete, lists
 * with a merge key merge element by element, and the directives `$patch`, `$retainKeys`,
 * `$deleteFromPrimitiveList` and
 * `$setElementOrder` are obeyed. Neither argument is changed.
 */
export function applyStrategicPatch(
  original: JsonObject,
  patch: JsonObject,
  { apiVersion, kind }: { readonly apiVersion: string; readonly kind: string },
): PatchOutcome {
  const type = typeOfKind(apiVersion, kind);
  if (type === undefined) {
    return { ok: false, code: 400, problem: 'strategic merge patch format is not supported' };
  }
  return outcomeOf(() => mergeObjects(original, patch, type, 'apply'));
}

/** Applying a patch obeys its directives; combining two patches into one keeps them, and keeps nulls. */
export type MergeMode = 'apply' | 'combine';

export function mergeObjects(
  original: JsonObject,
  patch: JsonObject,
  type: TypeSchema | undefined,
  mode: MergeMode,
): JsonObject {
  if (patch['$patch'] !== undefined) return obeyDirective(patch);
  const result = { ...original };
  const rest = { ...patch };
  retainKeys(result, rest, mode);
  mergeOrderedLists(result, rest, type, mode);
  for (const key of sortedKeys(rest)) {
    const value = rest[key] ?? null;
    if (key.startsWith(DELETE_FROM_LIST)) deleteFromList(result, key, value, mode);
    else {
      const merged = mergedValue(result[key], value, patchMetaOf(type, key), mode);
      if (merged === undefined) delete result[key];
      else result[key] = merged;
    }
  }
  return result;
}

function obeyDirective(patch: JsonObject): JsonObject {
  const { $patch: directive, ...rest } = patch;
  if (directive === 'replace') return rest;
  if (directive === 'delete') return {};
  throw new BadPatch(422, `unknown patch type: ${String(directive)} in map: ${encodeGoJson(patch)}`);
}

/** What a field becomes; undefined when it is gone. */
function mergedValue(
  before: Json | undefined,
  value: Json,
  meta: PatchMeta,
  mode: MergeMode,
): Json | undefined {
  if (value === null && mode === 'apply') return undefined;
  if (Array.isArray(before) && Array.isArray(value)) return mergeLists(before, value, meta, mode);
  if (!isObject(before) || !isObject(value)) return mode === 'apply' ? asAdded(value) : value;
  if (meta.strategy === 'replace') return value as JsonObject;
  return mergeObjects(before as JsonObject, value as JsonObject, meta.inner, mode);
}

/** Fields that the patch does not list as kept are gone, so that one member of a union replaces another. */
function retainKeys(result: JsonObject, patch: JsonObject, mode: MergeMode): void {
  const kept = patch[RETAIN_KEYS];
  if (kept === undefined) return;
  delete patch[RETAIN_KEYS];
  if (mode === 'combine') {
    result[RETAIN_KEYS] ??= kept;
    return;
  }
  const problem = new BadPatch(400, 'invalid patch format of retainKeys');
  if (!Array.isArray(kept)) throw problem;
  for (const key of sortedKeys(patch)) {
    if (!isDirective(key) && patch[key] !== null && !kept.includes(key)) throw problem;
  }
  for (const key of Object.keys(result)) if (!kept.includes(key)) delete result[key];
}

/** Lists whose order the patch gives are merged first, and together with their order. */
function mergeOrderedLists(
  result: JsonObject,
  patch: JsonObject,
  type: TypeSchema | undefined,
  mode: MergeMode,
): void {
  for (const directive of sortedKeys(patch).filter((key) => key.startsWith(SET_ORDER))) {
    const order = patch[directive] ?? null;
    const key = directive.slice(SET_ORDER.length);
    delete patch[directive];
    if (mode === 'combine') result[directive] ??= order;
    const before = result[key];
    const change = patch[key];
    const badFormat = 'invalid patch format of setElementOrder list';
    if (!Array.isArray(order) || !isListOrAbsent(before) || !isListOrAbsent(change))
      throw new BadPatch(400, badFormat);
    if (before === undefined && change === undefined) continue;
    const meta = patchMetaOf(type, key);
    checkOrder(change ?? [], order, meta.mergeKey);
    const merged: readonly Json[] =
      before === undefined
        ? addedElements(change ?? [], mode)
        : change === undefined
          ? before
          : mergeLists(before, change, meta, mode);
    const byServer = orderAfterMerge(before ?? [], change ?? [], meta);
    result[key] = orderElements(merged, { byPatch: order, byServer }, meta.mergeKey);
    delete patch[key];
  }
}

/**
 * The server's order as Kubernetes sees it once it has merged a list. Its merge deletes and appends in the
 * memory of the list itself, so that new elements have taken the places that the deleted ones left at the
 * end.
 */
function orderAfterMerge(
  before: readonly Json[],
  change: readonly Json[],
  { strategy, mergeKey }: PatchMeta,
): readonly Json[] {
  if (strategy !== 'merge' || mergeKey === undefined || before.length === 0) return before;
  const { kept, added } = obeyElementDirectives(before, change, mergeKey);
  const appended = added.filter((element) => indexIn(kept, element, mergeKey) < 0);
  return [...kept, ...appended].slice(0, before.length);
}

function isListOrAbsent(value: Json | undefined): value is Json[] | undefined {
  return value === undefined || Array.isArray(value);
}

/** What a patch says of elements must stand in the order that it says they have. */
function checkOrder(change: readonly Json[], order: readonly Json[], mergeKey: string | undefined): void {
  if (order.length === 0) return;
  let last = -1;
  for (const element of change) {
    if (isObject(element) && element['$patch'] !== undefined) continue;
    const place = indexIn(order, element, mergeKey);
    if (place < 0 || place < last) {
      const [patched, ordered] = [encodeGoJson(change), encodeGoJson(order)];
      const mismatch = `${patched}\n doesn't match $setElementOrder list:\n${ordered}\n`;
      throw new BadPatch(500, `The order in patch list:\n${mismatch}`);
    }
    last = place;
  }
}

function deleteFromList(result: JsonObject, directive: string, value: Json, mode: MergeMode): void {
  if (mode === 'combine') {
    result[directive] = value;
    return;
  }
  const key = directive.slice(DELETE_FROM_LIST.length);
  const list = result[key];
  if (!Array.isArray(value)) throw new BadPatch(400, 'invalid patch format of primitive list');
  if (Array.isArray(list))
    result[key] = list.filter((item) => !value.some((gone) => isEqualJson(gone, item)));
}

function mergeLists(before: Json[], change: readonly Json[], meta: PatchMeta, mode: MergeMode): Json[] {
  if (meta.strategy !== 'merge') return [...change];
  if (before.length === 0 && change.length === 0) return before;
  const { mergeKey } = meta;
  if (mergeKey === undefined) {
    const merged = [...before, ...change].filter(
      (item, index, all) => indexIn(all, item, undefined) === index,
    );
    return orderElements(merged, { byPatch: change, byServer: before }, undefined);
  }
  const { kept, added } = obeyElementDirectives(before, change, mergeKey);
  const merged = [...kept];
  for (const element of added) mergeElement(merged, element, { ...meta, mergeKey }, mode);
  return orderElements(merged, { byPatch: added, byServer: kept }, mergeKey);
}

function mergeElement(
  merged: Json[],
  element: JsonObject,
  { mergeKey, inner }: PatchMeta & { readonly mergeKey: string },
  mode: MergeMode,
): void {
  const place = indexIn(merged, element, mergeKey);
  const before = merged[place];
  if (place >= 0 && isObject(before)) {
    merged[place] = mergeObjects(before as JsonObject, element, inner, mode);
  } else {
    merged.push(...addedElements([element], mode));
  }
}

function addedElements(elements: readonly Json[], mode: MergeMode): readonly Json[] {
  if (mode === 'combine') return elements;
  return elements.map(asAdded).filter((element) => element !== undefined);
}

/** `$patch: delete` takes an element out, `$patch: replace` takes all others out. */
function obeyElementDirectives(
  before: readonly Json[],
  change: readonly Json[],
  mergeKey: string,
): { readonly kept: readonly Json[]; readonly added: readonly JsonObject[] } {
  let kept = [...before];
  let isReplaced = false;
  const added: JsonObject[] = [];
  for (const element of change) {
    const { directive, object } = readElement(element, mergeKey);
    if (directive === 'replace') isReplaced = true;
    else if (directive === 'delete') {
      kept = kept.filter((other) => indexIn([other], object, mergeKey) < 0);
    } else added.push(object);
  }
  return isReplaced ? { kept: added, added: [] } : { kept, added };
}

function readElement(
  element: Json,
  mergeKey: string,
): { readonly directive?: 'replace' | 'delete'; readonly object: JsonObject } {
  if (!isObject(element)) throw new BadPatch(500, 'value for key 0 is not a map');
  const object = element as JsonObject;
  const directive = object['$patch'];
  if (directive === 'replace') return { directive, object };
  if (directive !== undefined && directive !== 'delete') {
    throw new BadPatch(422, `unknown patch type: ${String(directive)} in map: ${encodeGoJson(object)}`);
  }
  if (object[mergeKey] === undefined) {
    throw new BadPatch(500, `map: ${printGoMap(object)} does not contain declared merge key: ${mergeKey}`);
  }
  return directive === undefined ? { object } : { directive, object };
}

/** A map as Go's `%v` prints it: `map[image:nginx]`. */
function printGoMap(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(printGoMap).join(' ')}]`;
  if (!isObject(value)) return value === null ? '<nil>' : String(value);
  const members = sortedKeys(value).map(
    (key) => `${key}:${printGoMap((value[key] as Json | undefined) ?? null)}`,
  );
  return `map[${members.join(' ')}]`;
}

/**
 * What is added to an object: without nulls, since there is nothing to delete, and without directives.
 * Kubernetes leaves some of both in the JSON, and loses them when it decodes it.
 */
function asAdded(value: Json): Json | undefined {
  if (Array.isArray(value)) return value.map(asAdded).filter((item) => item !== undefined);
  if (!isObject(value)) return value;
  if (value['$patch'] !== undefined) return undefined;
  const result: JsonObject = {};
  for (const [key, member] of Object.entries(value as JsonObject)) {
    const added = member === null || isDirective(key) ? undefined : asAdded(member);
    if (added !== undefined) result[key] = added;
  }
  return result;
}

function isDirective(key: string): boolean {
  return key === RETAIN_KEYS || key.startsWith(DELETE_FROM_LIST) || key.startsWith(SET_ORDER);
}
