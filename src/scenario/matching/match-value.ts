import { isEqualJson, isObject, type Json, type JsonObject } from '../../cluster/objects/json.ts';
import { compares } from './compare.ts';
import { isOperators } from './operators.ts';
import { regularExpression } from './regular-expression.ts';
import { listOf, showOperator } from './show-operators.ts';
import { showValue } from './show-value.ts';

/** How far a value is like a pattern. */
export interface Likeness {
  /** How many single values agree: the greater, the nearer. */
  readonly agreed: number;
  /** Where it differs; empty when it matches. */
  readonly misses: readonly Miss[];
}

export interface Miss {
  /** `status.containerStatuses[0].restartCount`; empty for the value as a whole. */
  readonly path: string;
  readonly wanted: string;
  readonly found: string;
}

/**
 * Compares a value with a pattern. Of an object only what the pattern says is looked at; a list must hold,
 * for each element of the pattern, one that is like it.
 */
export function matchValue(pattern: Json, found: unknown, path = ''): Likeness {
  if (isOperators(pattern, found)) return matchOperators(pattern, found, path);
  if (Array.isArray(pattern)) return matchList(pattern, found, path);
  if (isObject(pattern)) return matchObject(pattern as JsonObject, found, path);
  return pattern === found || (pattern === null && found === undefined)
    ? AGREED
    : missed(path, showValue(pattern), found);
}

/** The likeness of the object that is nearest to the pattern, and which it is; undefined of none. */
export function nearest<Item>(
  pattern: Json,
  items: readonly Item[],
  path: (index: number) => string = () => '',
): Nearest<Item> | undefined {
  return nearestBy(items, (item, index) => matchValue(pattern, item, path(index)));
}

interface Nearest<Item> {
  readonly item: Item;
  readonly likeness: Likeness;
}

/** The same where likeness is more than a matter of one pattern. */
export function nearestBy<Item>(
  items: readonly Item[],
  likenessOf: (item: Item, index: number) => Likeness,
): Nearest<Item> | undefined {
  let best: Nearest<Item> | undefined;
  for (const [index, item] of items.entries()) {
    const likeness = likenessOf(item, index);
    if (likeness.misses.length === 0) return { item, likeness };
    if (!best || likeness.agreed > best.likeness.agreed) best = { item, likeness };
  }
  return best;
}

const AGREED: Likeness = { agreed: 1, misses: [] };

function missed(path: string, wanted: string, found: unknown): Likeness {
  return { agreed: 0, misses: [{ path, wanted, found: showValue(found) }] };
}

function together(parts: readonly Likeness[]): Likeness {
  return {
    agreed: parts.reduce((sum, { agreed }) => sum + agreed, 0),
    misses: parts.flatMap(({ misses }) => misses),
  };
}

function matchObject(pattern: JsonObject, found: unknown, path: string): Likeness {
  if (found !== undefined && !isObject(found)) return missed(path, showValue(pattern), found);
  const members = found ?? {};
  const likeness = together(
    Object.entries(pattern).map(([key, value]) =>
      matchValue(value, Object.hasOwn(members, key) ? members[key] : undefined, memberPath(path, key)),
    ),
  );
  // Of what is not there at all, each missing field would say the same.
  return found === undefined && likeness.misses.length > 0
    ? missed(path, showValue(pattern), undefined)
    : likeness;
}

function matchList(pattern: readonly Json[], found: unknown, path: string): Likeness {
  if (pattern.length === 0) {
    const isEmpty = found === undefined || (Array.isArray(found) && found.length === 0);
    return isEmpty ? AGREED : missed(path, 'an empty list', found);
  }
  if (!Array.isArray(found) || found.length === 0) return missed(path, showValue(pattern as Json), found);
  return together(
    pattern.map(
      (element) =>
        nearest(element, found, (index) => `${path}[${index}]`)?.likeness ?? { agreed: 0, misses: [] },
    ),
  );
}

function matchOperators(operators: JsonObject, found: unknown, path: string): Likeness {
  return together(
    Object.entries(operators).map(([operator, operand]) =>
      holds(operator, operand, found) ? AGREED : missed(path, showOperator(operator, operand), found),
    ),
  );
}

function holds(operator: string, operand: Json, found: unknown): boolean {
  switch (operator) {
    case 'absent':
      return (found === undefined) === operand;
    case 'equals':
      return isEqualJson(operand, found);
    case 'not':
      return matchValue(operand, found).misses.length > 0;
    case 'oneOf':
      return listOf(operand).some((each) => matchValue(each, found).misses.length === 0);
    case 'contains':
      return listOf(operand).every((each) => isIn(each, found));
    case 'lacks':
      return listOf(operand).every((each) => !isIn(each, found));
    case 'matches':
      return typeof found === 'string' && regularExpression(String(operand)).test(found);
    case 'count':
      return matchValue(operand, Array.isArray(found) ? found.length : 0).misses.length === 0;
    default:
      return compares(operator, found, operand);
  }
}

function isIn(part: Json, found: unknown): boolean {
  if (typeof found === 'string') return found.includes(String(part));
  return Array.isArray(found) && found.some((each) => matchValue(part, each).misses.length === 0);
}

/** `status.phase`, `metadata.labels['app.kubernetes.io/name']`. */
export function memberPath(path: string, key: string): string {
  if (!/^[A-Za-z_][\w-]*$/.test(key)) return `${path}['${key}']`;
  return path === '' ? key : `${path}.${key}`;
}
