/** Patterns that people wrote, read once; a bounded number of them. */
const known = new Map<string, RegExp | undefined>();
const KEPT = 500;

/** A pattern as nginx compares it, whatever the case; undefined where it is none. */
export function regexOf(pattern: string): RegExp | undefined {
  if (known.has(pattern)) return known.get(pattern);
  if (known.size >= KEPT) known.clear();
  const read = readRegex(pattern);
  known.set(pattern, read);
  return read;
}

function readRegex(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern, 'i');
  } catch {
    return undefined;
  }
}
