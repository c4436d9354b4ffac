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
  const set: Record<string, unknown> = {};
  const unset: string[] = [];
  compare(before as unknown as Json, after as unknown as Json, { path: '', set, unset });
  const hasSet = Object.keys(set).length > 0;
  if (!hasSet && unset.length === 0) return undefined;
  return { ...(hasSet && { set }), ...(unset.length > 0 && { unset }) };
}

interface Comparison {
  readonly path: string;
  readonly set: Record<string, unknown>;
  readonly unset: string[];
}

function compare(before: Json, after: Json, to: Comparison): void {
  if (before === after) return;
  if (Array.isArray(before) && Array.isArray(after) && after.length >= before.length) {
    for (let index = 0; index < after.length; index++) {
      const path = `${to.path}/${index}`;
      if (index < before.length) compare(before[index], after[index], { ...to, path });
      else to.set[path] = after[index];
    }
    return;
  }
  if (isRecord(before) && isRecord(after)) {
    const isChanged = (field: string): boolean => before[field] !== after[field];
    for (const field of Object.keys(after).filter(isChanged).sort()) {
      const path = `${to.path}/${escapePointer(field)}`;
      const old = before[field];
      const now = after[field] as Json;
      if (old === undefined) to.set[path] = now;
      else compare(old, now, { ...to, path });
    }
    for (const field of Object.keys(before)
      .filter((name) => after[name] === undefined)
      .sort()) {
      to.unset.push(`${to.path}/${escapePointer(field)}`);
    }
    return;
  }
  to.set[to.path] = after;
}

/**
 * The object after the delta; what it does not touch is shared with the object before. Written by hand and
 * not with immer, which it outruns four times: every entry of every log goes through here.
 */
export function applyDelta(object: KubeObject, { set, unset }: ObjectDelta): KubeObject {
  const root = { ...object } as unknown as Container;
  const fresh = new Set<Container>([root]);
  if (set) for (const path in set) assign(parentOf(root, path, fresh), lastStep(path), set[path]);
  if (unset)
    for (const path of unset) delete (parentOf(root, path, fresh) as Record<string, unknown>)[lastStep(path)];
  return root as unknown as KubeObject;
}

type Container = Record<string, unknown> | unknown[];

/** Walks to where a pointer's last step is taken, copying what it passes, each part once. */
function parentOf(root: Container, pointer: string, fresh: Set<Container>): Container {
  const steps = stepsOf(pointer);
  let parent = root;
  for (let index = 0; index < steps.length - 1; index++) {
    const step = steps[index] ?? '';
    let child = (parent as Record<string, unknown>)[step] as Container;
    if (!fresh.has(child)) {
      child = Array.isArray(child) ? child.slice() : { ...child };
      fresh.add(child);
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
