import { produce } from 'immer';
import type { KubeObject } from '../objects/kube-object.ts';

/** What changed between two versions of an object: JSON pointers to new values, and pointers that are gone. */
export interface ObjectDelta {
  readonly set?: Readonly<Record<string, unknown>>;
  readonly unset?: readonly string[];
}

type Json = null | boolean | number | string | readonly Json[] | JsonObject;
interface JsonObject {
  readonly [field: string]: Json;
}

/** The delta that turns `before` into `after`; undefined when they say the same. Shared parts are not looked into. */
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
    for (const field of Object.keys(after).sort()) {
      const path = `${to.path}/${escapePointer(field)}`;
      const old = before[field];
      const now = after[field] as Json;
      if (old === undefined) to.set[path] = now;
      else compare(old, now, { ...to, path });
    }
    for (const field of Object.keys(before).sort()) {
      if (after[field] === undefined) to.unset.push(`${to.path}/${escapePointer(field)}`);
    }
    return;
  }
  to.set[to.path] = after;
}

/** The object after the delta; what it does not touch is shared with the object before. */
export function applyDelta(object: KubeObject, delta: ObjectDelta): KubeObject {
  return produce(object, (draft) => {
    const root = draft as unknown as Record<string, unknown>;
    if (delta.set) for (const path of Object.keys(delta.set)) assign(root, path, delta.set[path]);
    for (const path of delta.unset ?? []) assign(root, path, undefined);
  });
}

function assign(root: Record<string, unknown>, pointer: string, value: unknown): void {
  const steps = pointer.split('/');
  let parent = root;
  for (let index = 1; index < steps.length - 1; index++) {
    parent = parent[unescapePointer(steps[index] ?? '')] as Record<string, unknown>;
  }
  const field = unescapePointer(steps[steps.length - 1] ?? '');
  if (value === undefined) delete parent[field];
  else parent[field] = value;
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
