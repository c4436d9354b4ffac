import { isObject, type Json, type JsonObject } from '../../cluster/objects/json.ts';

/**
 * What may be said of a value besides the value itself. An object of these alone is a matter of operators,
 * unless the value is an object too: then only those count that no object of Kubernetes has for a field.
 */
export const OPERATORS = [
  'absent',
  'between',
  'contains',
  'count',
  'equals',
  'gt',
  'gte',
  'lacks',
  'lt',
  'lte',
  'matches',
  'not',
  'oneOf',
] as const;

export type Operator = (typeof OPERATORS)[number];

const OF_OBJECTS: readonly string[] = ['absent', 'equals', 'not', 'oneOf'] satisfies readonly Operator[];

/** Whether a pattern is made of operators, seen beside the value that it is compared with. */
export function isOperators(pattern: Json, found: unknown): pattern is JsonObject {
  if (!isObject(pattern)) return false;
  const keys = Object.keys(pattern);
  const allowed: readonly string[] = isObject(found) ? OF_OBJECTS : OPERATORS;
  return keys.length > 0 && keys.every((key) => allowed.includes(key));
}
