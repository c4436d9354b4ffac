/** What JSON can hold. The types of `kubernetes.ts` are views on it that know more. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

export interface JsonObject {
  [key: string]: Json;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Code-unit order: the same on every machine, unlike a locale's. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The keys of an object in code-unit order, which is how Go writes and ranges over what it sorts. */
export function sortedKeys(object: object): string[] {
  return Object.keys(object).sort(compareText);
}

/** Whether two JSON values say the same; the order of keys says nothing, the order of a list does. */
export function isEqualJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => isEqualJson(item, b[index]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  let surplus = 0;
  for (const _ in b) surplus--;
  for (const key in a) {
    surplus++;
    if (a[key] !== b[key] && !isEqualJson(a[key], b[key])) return false;
    if (a[key] === undefined && !Object.hasOwn(b, key)) return false;
  }
  return surplus === 0;
}

/**
 * A copy of an object without a field. Not by `delete`: engines keep an object that lost a field as a hash
 * table, and each copy of it takes fifty times as long from then on.
 */
export function without<Of extends object>(object: Of, field: string): Of {
  const { [field]: _, ...rest } = object as Record<string, unknown>;
  return rest as Of;
}

/**
 * A copy of an object with fields that it may not have had. Not by `{ ...object, field }`: engines give every
 * object that grows after it was cloned a shape of its own, which takes ten times as long, and whatever reads
 * it is slow from then on.
 */
export function extended<Of extends object, More extends object>(
  object: Of,
  more: More,
): Omit<Of, keyof More> & More {
  return Object.assign({}, object, more);
}
