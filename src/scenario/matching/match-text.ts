import { isObject, type Json, type JsonObject } from '../../cluster/objects/json.ts';
import { difference } from './compare.ts';
import { type Miss, matchValue } from './match-value.ts';
import { listOf, showOperator } from './show-operators.ts';
import { showValue } from './show-value.ts';

/** What a text of several lines lacks of what is wanted of it: `contains`, `lines`, `order` and others. */
export function matchText(wanted: Json, text: string): readonly Miss[] {
  if (!isObject(wanted)) return matchValue(wanted, text).misses;
  const { lines, order, ...rest } = wanted as JsonObject;
  const misses = Object.keys(rest).length === 0 ? [] : matchValue(rest, text).misses;
  return [...misses, ...linesMissed(lines, text), ...orderMissed(order, text)];
}

function linesMissed(wanted: Json | undefined, text: string): readonly Miss[] {
  if (wanted === undefined) return [];
  const count = linesOf(text).length;
  if (matchValue(wanted, count).misses.length === 0) return [];
  return [
    { path: '', wanted: showOperator('lines', wanted), found: count === 1 ? '1 line' : `${count} lines` },
  ];
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

/** Each of the texts is in a line after that of the one before. */
function orderMissed(wanted: Json | undefined, text: string): readonly Miss[] {
  if (wanted === undefined) return [];
  const lines = linesOf(text);
  let next = 0;
  let before: string | undefined;
  for (const part of listOf(wanted).map(String)) {
    const at = lines.findIndex((line, index) => index >= next && line.includes(part));
    if (at < 0) {
      const where = before === undefined ? '' : ` after the line with ${showValue(before)}`;
      return [
        { path: '', wanted: showOperator('order', wanted), found: `no line with ${showValue(part)}${where}` },
      ];
    }
    next = at + 1;
    before = part;
  }
  return [];
}

/**
 * The same of a single value that was printed: what `kubectl -o jsonpath` prints, or was captured. Numbers,
 * quantities and times are compared as what they are; what printed nothing is absent.
 */
export function matchPrinted(wanted: Json, text: string): readonly Miss[] {
  const missed = (words: string): readonly Miss[] => [
    { path: '', wanted: words, found: text === '' ? 'nothing' : shownPrinted(text) },
  ];
  if (!isObject(wanted)) return isSame(wanted, text) ? [] : missed(showValue(wanted));
  return Object.entries(wanted as JsonObject).flatMap(([operator, operand]) =>
    holds(operator, operand, text) ? [] : missed(showOperator(operator, operand)),
  );
}

function holds(operator: string, operand: Json, text: string): boolean {
  switch (operator) {
    case 'absent':
      return (text === '') === operand;
    case 'equals':
      return isSame(operand, text);
    case 'not':
      return matchPrinted(operand, text).length > 0;
    case 'oneOf':
      return listOf(operand).some((each) => isSame(each, text));
    case 'grown': {
      const { since = null, by = null } = isObject(operand) ? (operand as JsonObject) : {};
      return matchValue(by, difference(text, since)).misses.length === 0;
    }
    default:
      return matchValue({ [operator]: operand }, text).misses.length === 0;
  }
}

function isSame(wanted: Json, text: string): boolean {
  return String(wanted) === text || difference(text, wanted) === 0;
}

/** What is a number stands without quotes, as it does where it is wanted. */
function shownPrinted(text: string): string {
  return difference(text, 0) === undefined ? showValue(text) : text;
}
