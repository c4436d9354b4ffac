import { extended, isEqualJson, without } from '../objects/json.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import type { ObjectMeta } from '../objects/kubernetes.ts';
import { type Pointer, pointerBelow, stepsOf, WHOLE } from './delta-pointers.ts';

/**
 * What changed between two versions of an object: JSON pointers to new values, and pointers that are gone.
 */
export interface ObjectDelta {
  readonly set?: Readonly<Record<string, unknown>>;
  readonly unset?: readonly string[];
}

type Json = null | boolean | number | string | readonly Json[] | JsonObject;
interface JsonObject {
  readonly [field: string]: Json;
}

/**
 * The delta that turns `before` into `after`; undefined when they say the same. Shared parts are not looked
 * into.
 */
export function deltaOf(before: KubeObject, after: KubeObject): ObjectDelta | undefined {
  const found: Found = { set: {}, hasSet: false, unset: [] };
  const result = merge(before as unknown as Json, after as unknown as Json, WHOLE, found) as unknown;
  const { set, hasSet, unset } = found;
  if (unset.length === 0 && !hasSet) return undefined;
  keep(before, { set: hasSet ? set : undefined, unset }, result as KubeObject);
  if (unset.length === 0) return { set };
  return hasSet ? { set, unset } : { unset };
}

/**
 * The delta that turns `before` into `after` with the revision that the change has, if there is any;
 * undefined when they say the same. It is set last, and told after what is gone if nothing else is set.
 */
export function deltaWithRevision(
  before: KubeObject,
  after: KubeObject,
  resourceVersion: string,
): ObjectDelta | undefined {
  const found: Found = { set: {}, hasSet: false, unset: [] };
  const result = merge(before as unknown as Json, after as unknown as Json, WHOLE, found) as unknown;
  const { set, hasSet, unset } = found;
  if (unset.length === 0 && !hasSet) return undefined;
  set['/metadata/resourceVersion'] = resourceVersion;
  // What was merged is a copy that nobody has seen yet, unless all of it is the new version itself.
  const isSeen = result === after;
  const changed = (isSeen ? { ...after } : result) as { metadata: KubeObject['metadata'] } & KubeObject;
  changed.metadata = withResourceVersion(changed.metadata, resourceVersion);
  keep(before, { set, unset }, changed);
  if (unset.length === 0) return { set };
  return hasSet ? { set, unset } : { unset, set };
}

/** Stored objects have one already, so that a copy of their metadata needs no place for it. */
function withResourceVersion(metadata: ObjectMeta, resourceVersion: string): ObjectMeta {
  if (metadata.resourceVersion === undefined) return extended(metadata, { resourceVersion });
  const copy: { resourceVersion?: string } & ObjectMeta = { ...metadata };
  copy.resourceVersion = resourceVersion;
  return copy;
}

interface Found {
  readonly set: Record<string, unknown>;
  hasSet: boolean;
  readonly unset: string[];
}

/** Finds what changed, and returns what applying it gives: `before`, with what is new in it. */
function merge(before: Json, after: Json, path: Pointer, found: Found): Json {
  if (before === after) return before;
  if (Array.isArray(before) && Array.isArray(after) && after.length >= before.length)
    return mergeLists(before, after, path, found);
  if (isRecord(before) && isRecord(after)) return mergeRecords(before, after, path, found);
  return put(found, path, after);
}

function mergeLists(before: readonly Json[], after: readonly Json[], path: Pointer, found: Found): Json {
  if (after.length > LONG && hasMostlyChanged(before, after)) return put(found, path, after);
  let merged: Json[] | undefined;
  for (let index = 0; index < after.length; index++) {
    const [old, now] = [before[index] as Json, after[index] as Json];
    if (old === now && index < before.length) continue;
    const below = pointerBelow(path, index);
    const next = index < before.length ? merge(old, now, below, found) : put(found, below, now);
    if (next === old && index < before.length) continue;
    merged ??= before.slice();
    merged[index] = next;
  }
  return merged ?? before;
}

/**
 * When an address comes into a sorted list of hundreds, all behind it move on by one: to say so field by
 * field would take more than the list itself.
 */
const LONG = 16;

function hasMostlyChanged(before: readonly Json[], after: readonly Json[]): boolean {
  let changed = after.length - before.length;
  for (let index = 0; index < before.length; index++) {
    if (before[index] === after[index] || isEqualJson(before[index], after[index])) continue;
    changed++;
    if (changed * 2 > after.length) return true;
  }
  return changed * 2 > after.length;
}

function mergeRecords(before: JsonObject, after: JsonObject, path: Pointer, found: Found): Json {
  const changed = changedFields(before, after);
  const { isAlike, isGrowing } = walked;
  let { isInOrder: isAfter } = walked;
  let merged: Record<string, Json> | undefined;
  for (const field of changed) {
    const old = before[field];
    const now = after[field] as Json;
    const below = pointerBelow(path, field);
    const next = old === undefined ? put(found, below, now) : merge(old, now, below, found);
    // What has become the new version to the letter is that version, and no copy.
    if (isAfter && next === now) continue;
    if (isAfter) merged = mergedUpTo(field, changed, { before, after });
    isAfter = false;
    if (next === old) continue;
    merged ??= isGrowing ? Object.assign({}, before) : { ...before };
    merged[field] = next;
  }
  if (isAfter && changed.length > 0) return after;
  return isAlike ? (merged ?? before) : withoutGone(merged ?? before, after, path, found);
}

/** The fields that are not the very same, in code-unit order; what else was seen is in `walked`. */
function changedFields(before: JsonObject, after: JsonObject): readonly string[] {
  let changed = NONE;
  let isGrowing = false;
  let count = 0;
  for (const field in after) {
    walked.fields[count++] = field;
    const old = before[field];
    if (old === after[field]) continue;
    // Mostly one has changed, and lists that are begun empty take room for many.
    if (changed === NONE) changed = [field];
    else changed.push(field);
    isGrowing ||= old === undefined;
  }
  let place = 0;
  let isInOrder = true;
  for (const field in before) isInOrder = walked.fields[place++] === field && isInOrder;
  walked.isGrowing = isGrowing;
  // As many fields, and none of them new: none is gone.
  walked.isAlike = place === count && !isGrowing;
  walked.isInOrder = walked.isAlike && isInOrder;
  inOrder(changed);
  return changed;
}

const NONE: string[] = [];

// What the last walk through two records saw; read before the next one begins.
const walked = { fields: [] as string[], isAlike: false, isInOrder: false, isGrowing: false };

/** What was before, with the fields that were found to be as they are after. */
function mergedUpTo(
  end: string,
  changed: readonly string[],
  { before, after }: { readonly before: JsonObject; readonly after: JsonObject },
): Record<string, Json> | undefined {
  let merged: Record<string, Json> | undefined;
  for (const field of changed) {
    if (field === end) break;
    merged ??= { ...before };
    merged[field] = after[field] as Json;
  }
  return merged;
}

/** As many are put in order by hand: engines make a list or two of their own for it. */
const FEW = 16;

/** Puts names in code-unit order. */
function inOrder(names: string[]): void {
  if (names.length > FEW) {
    names.sort();
    return;
  }
  for (let next = 1; next < names.length; next++) {
    const name = names[next] as string;
    let place = next;
    for (; place > 0 && (names[place - 1] as string) > name; place--)
      names[place] = names[place - 1] as string;
    names[place] = name;
  }
}

function withoutGone(all: JsonObject, after: JsonObject, path: Pointer, found: Found): Json {
  const gone: string[] = [];
  for (const field in all) if (after[field] === undefined) gone.push(field);
  inOrder(gone);
  if (gone.length === 0) return all;
  for (const field of gone) found.unset.push(pointerBelow(path, field).text);
  const kept: Record<string, Json> = {};
  for (const field in all) if (after[field] !== undefined) kept[field] = all[field] as Json;
  return kept;
}

function put(found: Found, { text }: Pointer, value: Json): Json {
  found.set[text] = value;
  found.hasSet = true;
  return value;
}

/**
 * The object after the delta; what it does not touch is shared with the object before. Written by hand and
 * not with immer, which it outruns four times: every entry of every log goes through here. Whoever finds a
 * delta mostly has it folded next, so the last result is kept.
 */
export function applyDelta(object: KubeObject, { set, unset }: ObjectDelta): KubeObject {
  if (last.object === object && last.set === set && last.unset === unset) return last.result;
  const root = { ...object } as unknown as Container;
  if (set) assignAll(root, set);
  let result = root as unknown as KubeObject;
  for (const path of unset ?? []) result = unsetAt(result, stepsOf(path)) as KubeObject;
  last = { object, set, unset, result };
  return result;
}

function keep(
  object: KubeObject,
  { set, unset }: { readonly set: Found['set'] | undefined; readonly unset: readonly string[] },
  result: KubeObject,
): void {
  last = { object, set, unset: unset.length > 0 ? unset : undefined, result };
}

interface Applied {
  readonly object: KubeObject | undefined;
  readonly set: ObjectDelta['set'] | undefined;
  readonly unset: ObjectDelta['unset'] | undefined;
  readonly result: KubeObject;
}

let last: Applied = {
  object: undefined,
  set: undefined,
  unset: undefined,
  result: { apiVersion: '', kind: '', metadata: {} },
};

/** Without what a pointer leads to; what it passes is copied. */
function unsetAt(value: unknown, [step = '', ...rest]: readonly string[]): unknown {
  if (rest.length === 0) return without(value as object, step);
  const copy = (Array.isArray(value) ? value.slice() : { ...(value as object) }) as Record<string, unknown>;
  copy[step] = unsetAt(copy[step], rest);
  return copy;
}

type Container = Record<string, unknown> | unknown[];

/**
 * Assigns what pointers lead to, copying what they pass. They come as the object is walked, so one goes on
 * from where it parts with the one before it, through copies that have just been made.
 */
function assignAll(root: Container, set: Readonly<Record<string, unknown>>): void {
  const passed: Container[] = [root];
  let before: readonly string[] = [];
  for (const pointer in set) {
    const steps = stepsOf(pointer);
    const last = steps.length - 1;
    let depth = 0;
    while (depth < last && depth < before.length - 1 && steps[depth] === before[depth]) depth++;
    let parent = passed[depth] as Record<string, unknown>;
    for (; depth < last; depth++) {
      const step = steps[depth] as string;
      const child = parent[step] as Container;
      const copy: Container = Array.isArray(child) ? child.slice() : { ...child };
      parent[step] = copy;
      passed[depth + 1] = copy;
      parent = copy as Record<string, unknown>;
    }
    parent[steps[last] ?? ''] = set[pointer];
    before = steps;
  }
}

function isRecord(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
