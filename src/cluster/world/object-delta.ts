import type { KubeObject } from '../objects/kube-object.ts';

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
  compare(before as unknown as Json, after as unknown as Json, '', found);
  const { set, hasSet, unset } = found;
  if (unset.length === 0) return hasSet ? { set } : undefined;
  return hasSet ? { set, unset } : { unset };
}

interface Found {
  readonly set: Record<string, unknown>;
  hasSet: boolean;
  readonly unset: string[];
}

function compare(before: Json, after: Json, path: string, found: Found): void {
  if (before === after) return;
  if (Array.isArray(before) && Array.isArray(after) && after.length >= before.length) {
    for (let index = 0; index < after.length; index++) {
      const [old, now] = [before[index] as Json, after[index] as Json];
      if (index >= before.length) put(found, `${path}/${index}`, now);
      else if (old !== now) compare(old, now, `${path}/${index}`, found);
    }
  } else if (isRecord(before) && isRecord(after)) compareRecords(before, after, path, found);
  else put(found, path, after);
}

function compareRecords(before: JsonObject, after: JsonObject, path: string, found: Found): void {
  const changed: string[] = [];
  for (const field of Object.keys(after)) if (before[field] !== after[field]) changed.push(field);
  if (changed.length > 1) changed.sort();
  for (const field of changed) {
    const old = before[field];
    const now = after[field] as Json;
    const below = `${path}/${escapePointer(field)}`;
    if (old === undefined) put(found, below, now);
    else compare(old, now, below, found);
  }
  const gone: string[] = [];
  for (const field of Object.keys(before)) if (after[field] === undefined) gone.push(field);
  if (gone.length > 1) gone.sort();
  for (const field of gone) found.unset.push(`${path}/${escapePointer(field)}`);
}

function put(found: Found, path: string, value: Json): void {
  found.set[path] = value;
  found.hasSet = true;
}

/**
 * The object after the delta; what it does not touch is shared with the object before. Written by hand and
 * not with immer, which it outruns four times: every entry of every log goes through here. What the API
 * server has just answered with is what is then folded, so the last result is kept.
 */
export function applyDelta(object: KubeObject, { set, unset }: ObjectDelta): KubeObject {
  if (last.object === object && last.set === set && last.unset === unset) return last.result;
  const root = { ...object } as unknown as Container;
  const fresh: Container[] = [root];
  if (set) for (const path in set) assign(parentOf(root, path, fresh), lastStep(path), set[path]);
  if (unset)
    for (const path of unset) delete (parentOf(root, path, fresh) as Record<string, unknown>)[lastStep(path)];
  last = { object, set, unset, result: root as unknown as KubeObject };
  return last.result;
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

type Container = Record<string, unknown> | unknown[];

/** Walks to where a pointer's last step is taken, copying what it passes, each part once. */
function parentOf(root: Container, pointer: string, fresh: Container[]): Container {
  const steps = stepsOf(pointer);
  let parent = root;
  for (let index = 0; index < steps.length - 1; index++) {
    const step = steps[index] ?? '';
    let child = (parent as Record<string, unknown>)[step] as Container;
    if (!fresh.includes(child)) {
      child = Array.isArray(child) ? child.slice() : { ...child };
      fresh.push(child);
      (parent as Record<string, unknown>)[step] = child;
    }
    parent = child;
  }
  return parent;
}

function assign(parent: Container, step: string, value: unknown): void {
  (parent as Record<string, unknown>)[step] = value;
}

function lastStep(pointer: string): string {
  const steps = stepsOf(pointer);
  return steps[steps.length - 1] ?? '';
}

// The same few hundred pointers come again and again; to split a text is most of the work otherwise.
const splitPointers = new Map<string, readonly string[]>();
const SPLIT_MAX = 10_000;

function stepsOf(pointer: string): readonly string[] {
  let steps = splitPointers.get(pointer);
  if (!steps) {
    steps = pointer.split('/').slice(1).map(unescapePointer);
    if (splitPointers.size >= SPLIT_MAX) splitPointers.clear();
    splitPointers.set(pointer, steps);
  }
  return steps;
}

function isRecord(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function escapePointer(field: string): string {
  return /[~/]/.test(field) ? field.replaceAll('~', '~0').replaceAll('/', '~1') : field;
}

function unescapePointer(step: string): string {
  return step.includes('~') ? step.replaceAll('~1', '/').replaceAll('~0', '~') : step;
}
