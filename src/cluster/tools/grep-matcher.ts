import { posixRegex } from './posix-regex.ts';

export interface Matching {
  readonly syntax: 'basic' | 'extended' | 'fixed';
  /** Nothing else stands in the line (`-x`). */
  readonly isWhole: boolean;
  readonly isWord: boolean;
  readonly ignoresCase: boolean;
}

/** Any of grep's patterns, each line of one being a pattern of its own; undefined where one is none. */
export function grepMatcher(patterns: readonly string[], matching: Matching): RegExp | undefined {
  const { syntax, isWhole, isWord, ignoresCase } = matching;
  const sources = patterns
    .flatMap((pattern) => pattern.split('\n'))
    .map((pattern) => {
      const source =
        syntax === 'fixed'
          ? pattern.replace(/[\^$.*+?()[\]{}|\\/]/g, '\\$&')
          : posixRegex(pattern, { extended: syntax === 'extended' })?.source;
      if (source === undefined) return undefined;
      if (isWhole) return `^(?:${source})$`;
      return isWord ? `\\b(?:${source})\\b` : source;
    });
  if (sources.includes(undefined)) return undefined;
  try {
    const source = sources.map((one) => `(?:${one ?? ''})`).join('|');
    return new RegExp(source, ignoresCase ? 'giu' : 'gu');
  } catch {
    return undefined;
  }
}
