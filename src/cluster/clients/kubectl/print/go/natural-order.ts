import { compareText } from '../../../../objects/json.ts';

/**
 * Whether a text comes before another where numbers count by their value: `web-9` before `web-10`. Digits
 * come before other signs, and of equal numbers the one with fewer zeros before it (fvbommel/sortorder:
 * NaturalLess).
 */
export function isNaturallyLess(a: string, b: string): boolean {
  const [left, right] = [partsOf(a), partsOf(b)];
  for (const [index, part] of left.entries()) {
    const other = right[index];
    if (other === undefined) return false;
    const order = compareParts(part, other);
    if (order !== 0) return order < 0;
  }
  return left.length < right.length;
}

/** Numbers, and each sign between them. */
function partsOf(text: string): readonly string[] {
  return text.match(/[0-9]+|[^0-9]/gu) ?? [];
}

const isNumber = (part: string): boolean => /^[0-9]/.test(part);

function compareParts(a: string, b: string): number {
  if (isNumber(a) !== isNumber(b)) return isNumber(a) ? -1 : 1;
  if (!isNumber(a)) return compareText(a, b);
  const [left, right] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  return left.length - right.length || compareText(left, right) || a.length - b.length;
}
