// Derived from the patterns alone.
const expressions = new Map<string, RegExp | undefined>();

/** An expression of Go's as ours; undefined for what only Go knows, or nobody. */
export function goPattern(pattern: string): RegExp | undefined {
  if (!expressions.has(pattern)) expressions.set(pattern, translated(pattern));
  return expressions.get(pattern);
}

function translated(pattern: string): RegExp | undefined {
  const isLoose = pattern.includes('(?i');
  const source = pattern
    .replaceAll('(?i)', '')
    .replaceAll('(?i:', '(?:')
    .replaceAll('(?P<', '(?<')
    .replaceAll('\\z', '$')
    .replaceAll('\\A', '^')
    .replace(/\\([pP])([A-Z])/g, '\\$1{$2}');
  // Go allows what is escaped without need, which is not allowed where letters are classed by Unicode.
  for (const flags of ['u', '']) {
    try {
      return new RegExp(source, isLoose ? `${flags}i` : flags);
    } catch {
      // Another way of reading it may know it.
    }
  }
  return undefined;
}
