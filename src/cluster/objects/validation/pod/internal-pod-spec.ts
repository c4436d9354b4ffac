import { isObject, sortedKeys } from '../../json.ts';
import type { PodSpec } from '../../kubernetes.ts';
import { INTERNAL_TYPES } from './internal-types.ts';

/** Fields of a pod's spec that lie in its security context inside of the API server. */
const MOVED = ['hostNetwork', 'hostPID', 'hostIPC', 'shareProcessNamespace', 'hostUsers'];

/**
 * A pod's spec as the API server holds it, ready to be written as JSON: every field is there, in the order of
 * its Go types and under Go's names, and null where nothing is.
 */
export function internalPodSpec(spec: PodSpec): unknown {
  const given = Object.entries(spec);
  const moved = given.filter(([key]) => MOVED.includes(key));
  const kept = given.filter(([key]) => !MOVED.includes(key));
  const securityContext = { ...spec.securityContext, ...Object.fromEntries(moved) };
  return internalObject({ ...Object.fromEntries(kept), securityContext }, 'PodSpec');
}

/** An object of one of the API server's own types, in its own form. */
export function internalObject(object: Record<string, unknown>, type: string): Record<string, unknown> {
  const members = new Map(Object.entries(object).map(([key, value]) => [key.toLowerCase(), value]));
  const fields = fieldsOf(type).map(
    ([name, form]) => [name, internalValue(members.get(apiName(type, name)), form)] as const,
  );
  return Object.fromEntries(fields);
}

/** Names differ but in capitals only, with one exception. */
function apiName(type: string, name: string): string {
  return type === 'PersistentVolumeClaimTemplate' && name === 'ObjectMeta' ? 'metadata' : name.toLowerCase();
}

function internalValue(value: unknown, form: string): unknown {
  if (form.startsWith('*')) return value === undefined ? null : internalValue(value, form.slice(1));
  if (form.startsWith('[]')) {
    return Array.isArray(value) ? value.map((item) => internalValue(item, form.slice(2))) : null;
  }
  if (form.startsWith('{}')) return isObject(value) ? internalMap(value, form.slice(2)) : null;
  switch (form) {
    case 'text':
      return value ?? '';
    case 'number':
    case 'port':
      return value ?? 0;
    case 'bool':
      return value ?? false;
    case 'quantity':
      return value ?? '0';
    case 'api':
      return isObject(value) ? selectorFirst(value) : {};
    default:
      return internalObject(isObject(value) ? value : {}, form);
  }
}

function internalMap(map: Record<string, unknown>, form: string): Record<string, unknown> {
  return Object.fromEntries(sortedKeys(map).map((key) => [key, internalValue(map[key], form)]));
}

/** The labels of a selector stand before its expressions. */
function selectorFirst(value: Record<string, unknown>): Record<string, unknown> {
  const { matchLabels, matchExpressions, ...rest } = value;
  return {
    ...(isObject(matchLabels) ? { matchLabels: internalMap(matchLabels, 'text') } : {}),
    ...(matchExpressions === undefined ? {} : { matchExpressions }),
    ...rest,
  };
}

type Fields = readonly (readonly [name: string, form: string])[];

// Derived from the committed table alone; see schema/read-schema-table.ts.
let types: ReadonlyMap<string, Fields> | undefined;

function fieldsOf(type: string): Fields {
  types ??= readTypes();
  return types.get(type) ?? [];
}

function readTypes(): ReadonlyMap<string, Fields> {
  const lines = INTERNAL_TYPES.trim().replaceAll('\n  ', ' ').split('\n');
  return new Map(
    lines.map((line) => {
      const [name = '', ...words] = line.split(' ');
      return [name, words.map((word) => word.split(':') as [string, string])];
    }),
  );
}
