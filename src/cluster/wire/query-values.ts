/** The values of a query, by their names. */
export interface QueryValues {
  /** The first; empty where there is none. */
  text(name: string): string;
  all(name: string): readonly string[];
  /** As Kubernetes reads options: whatever is there and does not say no means yes. */
  bool(name: string): boolean;
  has(name: string): boolean;
}

/** Reads `a=b&c=%20`; undefined where an escape is none. */
export function readQuery(query: string): QueryValues | undefined {
  const values = new Map<string, string[]>();
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const [name, value] = [
      unescaped(equals < 0 ? pair : pair.slice(0, equals), true),
      unescaped(equals < 0 ? '' : pair.slice(equals + 1), true),
    ];
    if (name === undefined || value === undefined) return undefined;
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  const text = (name: string): string => values.get(name)?.[0] ?? '';
  return {
    text,
    all: (name) => values.get(name) ?? [],
    // apimachinery: runtime/conversion.go Convert_Slice_string_To_bool.
    bool: (name) => values.has(name) && text(name) !== '0' && text(name).toLowerCase() !== 'false',
    has: (name) => values.has(name),
  };
}

/** What an escaped part of a URL says; undefined for an escape that is none, or no UTF-8. */
export function unescaped(text: string, isQuery = false): string | undefined {
  const spaced = isQuery ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return undefined;
  }
}
