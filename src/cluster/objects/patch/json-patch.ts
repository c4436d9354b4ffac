import { isEqualJson, isObject, type Json, type JsonObject } from '../json.ts';
import { BadPatch, outcomeOf, type PatchOutcome } from './patch-outcome.ts';

/** Applies a JSON patch (RFC 6902). All its operations apply, or none. Neither argument is changed. */
export function applyJsonPatch(original: JsonObject, patch: unknown): PatchOutcome {
  return outcomeOf(() => {
    if (!Array.isArray(patch))
      throw new BadPatch(400, 'error decoding patch: a JSON patch is a list of operations');
    const result = patch.reduce<Json>((document, operation) => applyOperation(document, operation), original);
    if (!isObject(result)) throw new BadPatch(422, 'a patch must leave an object');
    return result as JsonObject;
  });
}

function applyOperation(document: Json, operation: unknown): Json {
  const { op, path, from, value } = isObject(operation) ? operation : {};
  if (typeof path !== 'string') throw new BadPatch(422, 'operation has no path');
  const at = readPointer(path);
  switch (op) {
    case 'add':
      return put(document, at, (value ?? null) as Json, 'add');
    case 'replace':
      return put(document, at, (value ?? null) as Json, 'replace');
    case 'remove':
      return remove(document, at);
    case 'test':
      if (isEqualJson(valueAt(document, at) ?? null, value ?? null)) return document;
      throw new BadPatch(422, `testing value ${path} failed: test failed`);
    case 'copy':
      return put(document, at, existing(document, from, 'copy'), 'add');
    case 'move': {
      const moved = existing(document, from, 'move');
      return put(remove(document, readPointer(String(from))), at, moved, 'add');
    }
    default:
      throw new BadPatch(422, `Unexpected kind: ${String(op)}`);
  }
}

function existing(document: Json, from: unknown, operation: string): Json {
  const value = typeof from === 'string' ? valueAt(document, readPointer(from)) : undefined;
  if (value === undefined) throw missing(operation, String(from));
  return value;
}

/** `/metadata/labels/a~1b` → `['metadata', 'labels', 'a/b']`. */
function readPointer(pointer: string): readonly string[] {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) throw new BadPatch(422, `path ${pointer} does not begin with a slash`);
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function valueAt(document: Json, path: readonly string[]): Json | undefined {
  let value: Json | undefined = document;
  for (const step of path) {
    if (Array.isArray(value)) value = value[Number(step)];
    else value = isObject(value) && Object.hasOwn(value, step) ? (value as JsonObject)[step] : undefined;
  }
  return value;
}

function put(document: Json, path: readonly string[], value: Json, operation: 'add' | 'replace'): Json {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  const change = (inner: Json): Json => put(inner, rest, value, operation);
  if (Array.isArray(document))
    return putInList(document, step, rest.length === 0, { value, operation, change });
  if (!isObject(document)) throw missing(operation, step);
  const object = document as JsonObject;
  const before = Object.hasOwn(object, step) ? object[step] : undefined;
  if (before === undefined && (rest.length > 0 || operation === 'replace')) throw missing(operation, step);
  return { ...object, [step]: rest.length === 0 ? value : change(before ?? null) };
}

interface Put {
  readonly value: Json;
  readonly operation: 'add' | 'replace';
  readonly change: (inner: Json) => Json;
}

/** `-` is the place after the last element; adding shifts the others, replacing does not. */
function putInList(
  list: readonly Json[],
  step: string,
  isTarget: boolean,
  { value, operation, change }: Put,
): Json {
  const isAdded = isTarget && operation === 'add';
  if (isAdded && step === '-') return [...list, value];
  const index = listIndex(step, isAdded ? list.length : list.length - 1, operation);
  if (isAdded) return [...list.slice(0, index), value, ...list.slice(index)];
  return list.map((item, place) => (place === index ? (isTarget ? value : change(item)) : item));
}

function remove(document: Json, path: readonly string[]): Json {
  const [step, ...rest] = path;
  if (step === undefined) throw missing('remove', '');
  if (Array.isArray(document)) {
    const index = listIndex(step, document.length - 1, 'remove');
    if (rest.length === 0) return document.filter((_, place) => place !== index);
    return document.map((item, place) => (place === index ? remove(item, rest) : item));
  }
  if (!isObject(document) || !Object.hasOwn(document, step)) throw missing('remove', step);
  const { [step]: gone, ...others } = document as JsonObject;
  return rest.length === 0 ? others : { ...others, [step]: remove(gone ?? null, rest) };
}

function listIndex(step: string, max: number, operation: string): number {
  const index = /^(?:0|[1-9]\d*)$/.test(step) ? Number(step) : -1;
  if (index < 0 || index > max) {
    throw new BadPatch(422, `${operation} operation does not apply: invalid index ${step}`);
  }
  return index;
}

function missing(operation: string, path: string): BadPatch {
  const words = `${operation} operation does not apply: doc is missing path: ${path}: missing value`;
  return new BadPatch(422, words);
}
