import type { Progress } from './progress.ts';

/** `export A=b` and `export A`. */
export function exportEach(words: readonly string[], { variables, exported }: Progress): void {
  for (const word of words) {
    const equals = word.indexOf('=');
    const name = equals < 0 ? word : word.slice(0, equals);
    if (equals >= 0) variables.set(name, word.slice(equals + 1));
    exported.add(name);
  }
}

/** What programs see of the variables. */
export function exportedOf({ variables, exported }: Progress): Record<string, string> {
  return Object.fromEntries([...variables].filter(([name]) => exported.has(name)));
}
