import type { Json } from '../../cluster/objects/json.ts';

/** `${name}` in a text, with its place. */
export interface NameUse {
  readonly name: string;
  readonly offset: number;
  readonly length: number;
}

export function nameUses(text: string): readonly NameUse[] {
  return [...text.matchAll(/\$\{([^${}]*)\}/g)].map((found) => ({
    name: found[1] ?? '',
    offset: found.index,
    length: found[0].length,
  }));
}

/** A text with the names replaced by what was captured; what is nobody's name stays, for the shell. */
export function withCaptured(text: string, captured: Readonly<Record<string, string>>): string {
  if (!text.includes('${')) return text;
  return text.replace(/\$\{([^${}]*)\}/g, (whole, name: string) =>
    Object.hasOwn(captured, name) ? (captured[name] ?? '') : whole,
  );
}

/** The same in every text of a value. */
export function valueWithCaptured(value: Json, captured: Readonly<Record<string, string>>): Json {
  if (typeof value === 'string') return withCaptured(value, captured);
  if (Array.isArray(value)) return value.map((item) => valueWithCaptured(item, captured));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, valueWithCaptured(member, captured)]),
  );
}
