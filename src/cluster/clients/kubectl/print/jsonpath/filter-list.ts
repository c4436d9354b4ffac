import { compareText, type Json } from '../../../../objects/json.ts';
import { goText } from '../go/go-text.ts';
import type { JsonpathList, JsonpathNode } from './jsonpath-node.ts';
import type { Found, Walked } from './walked.ts';

type Filter = Extract<JsonpathNode, { type: 'filter' }>;
type Walk = (input: Found, side: JsonpathList) => Walked;

/** The items of lists for which a filter holds. Mirrors client-go: util/jsonpath/jsonpath.go evalFilter. */
export function filterList(input: Found, filter: Filter, walk: Walk): Walked {
  const found: Json[] = [];
  for (const value of input) {
    if (!Array.isArray(value)) {
      return { found: input, error: `${goText(value ?? null)} is not array or slice and cannot be filtered` };
    }
    for (const item of value) {
      const verdict = holds(item, filter, walk);
      if (typeof verdict === 'string') return { found: input, error: verdict };
      if (verdict) found.push(item);
    }
  }
  return { found };
}

function holds(item: Json, { left, operator, right }: Filter, walk: Walk): boolean | string {
  const lefts = walk([item], left);
  // An error does not matter here: what was found before it counts.
  if (operator === 'exists') return lefts.found.length > 0;
  if (lefts.error !== undefined) return lefts.error;
  if (lefts.found.length > 1) return 'can only compare one element at a time';
  const rights = lefts.found.length === 0 ? lefts : walk([item], right);
  if (rights.error !== undefined) return rights.error;
  if (rights.found.length > 1) return 'can only compare one element at a time';
  if (rights.found.length === 0) return false;
  return compare(operand(lefts.found[0], left), operator, operand(rights.found[0], right));
}

interface Operand {
  readonly kind: 'int' | 'float' | 'string' | 'bool' | 'other';
  readonly value: Json;
}

/**
 * JSON's whole numbers are integers to Go; a number that is written with a point in the template is a float.
 */
function operand(value: Json | undefined, { nodes }: JsonpathList): Operand {
  const literal = nodes.at(-1);
  const isFloat = literal?.type === 'number' ? literal.isFloat : !Number.isInteger(value);
  switch (typeof value) {
    case 'number':
      return { kind: isFloat ? 'float' : 'int', value };
    case 'string':
      return { kind: 'string', value };
    case 'boolean':
      return { kind: 'bool', value };
    default:
      return { kind: 'other', value: value ?? null };
  }
}

/** Mirrors Go's text/template comparisons: only like with like. */
function compare(a: Operand, operator: string, b: Operand): boolean | string {
  if (!['<', '>', '==', '!=', '<=', '>='].includes(operator))
    return `unrecognized filter operator ${operator}`;
  if (a.kind === 'other' || b.kind === 'other') return 'invalid type for comparison';
  if (a.kind !== b.kind) return 'incompatible types for comparison';
  const isEquality = operator === '==' || operator === '!=';
  if (a.kind === 'bool' && !isEquality) return 'invalid type for comparison';
  const order =
    a.kind === 'string' ? compareText(String(a.value), String(b.value)) : Number(a.value) - Number(b.value);
  switch (operator) {
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    default:
      return order >= 0;
  }
}
