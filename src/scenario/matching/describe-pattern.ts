import { isObject, type Json, type JsonObject } from '../../cluster/objects/json.ts';
import { isOperators } from './operators.ts';
import { showOperators } from './show-operators.ts';
import { showValue } from './show-value.ts';

/**
 * A pattern in one line, a field after another: `status.phase "Running",
 * status.containerStatuses[].restartCount > 1`.
 */
export function describePattern(pattern: Json): string {
  return leavesOf(pattern, '').join(', ');
}

function leavesOf(pattern: Json, path: string): readonly string[] {
  if (isOperators(pattern, undefined)) return [`${path} ${showOperators(pattern)}`.trimStart()];
  if (Array.isArray(pattern) && pattern.length > 0) {
    // The fields of one element belong together.
    return pattern.map((element) => {
      const leaves = leavesOf(element, '');
      return isObject(element) ? `${path}[${leaves.join(', ')}]` : `${path}[${leaves.join('')}]`;
    });
  }
  if (isObject(pattern)) {
    return Object.entries(pattern as JsonObject).flatMap(([key, value]) =>
      leavesOf(value, path === '' ? key : `${path}.${key}`),
    );
  }
  return [`${path} ${showValue(pattern)}`.trimStart()];
}
