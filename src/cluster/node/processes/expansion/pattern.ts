/** One step of a shell pattern. */
type PatternToken =
  | { readonly kind: 'char'; readonly char: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'star' }
  | { readonly kind: 'set'; readonly negated: boolean; readonly has: (char: string) => boolean };

export type Pattern = readonly PatternToken[];

/** A piece of text that is to be read as a pattern; quoted text stands for itself. */
export interface PatternPiece {
  readonly text: string;
  readonly quoted: boolean;
}

export const hasWildcard = (pattern: Pattern): boolean => pattern.some((token) => token.kind !== 'char');

export function patternOf(pieces: readonly PatternPiece[]): Pattern {
  // Characters with their quoting: a quoted `]` does not end a set and a quoted `*` is a star.
  const chars = pieces.flatMap(({ text, quoted }) => [...text].map((char) => ({ char, quoted })));
  const tokens: PatternToken[] = [];
  for (let at = 0; at < chars.length; at += 1) {
    const { char, quoted } = chars[at] ?? { char: '', quoted: true };
    if (quoted) tokens.push({ kind: 'char', char });
    else if (char === '*') {
      if (tokens.at(-1)?.kind !== 'star') tokens.push({ kind: 'star' });
    } else if (char === '?') tokens.push({ kind: 'any' });
    else if (char === '\\' && at + 1 < chars.length) {
      at += 1;
      tokens.push({ kind: 'char', char: chars[at]?.char ?? '' });
    } else if (char === '[') {
      const set = setAt(chars, at);
      if (set) at = set.end;
      tokens.push(set?.token ?? { kind: 'char', char });
    } else tokens.push({ kind: 'char', char });
  }
  return tokens;
}

type QuotedChar = { readonly char: string; readonly quoted: boolean };

const CLASSES: Readonly<Record<string, RegExp>> = {
  alnum: /[A-Za-z0-9]/,
  alpha: /[A-Za-z]/,
  blank: /[ \t]/,
  cntrl: /\p{Cc}/u,
  digit: /[0-9]/,
  graph: /[!-~]/,
  lower: /[a-z]/,
  print: /[ -~]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /\s/,
  upper: /[A-Z]/,
  xdigit: /[0-9A-Fa-f]/,
};

function setAt(
  chars: readonly QuotedChar[],
  start: number,
): { token: PatternToken; end: number } | undefined {
  let at = start + 1;
  const first = chars[at];
  const negated = first !== undefined && !first.quoted && (first.char === '!' || first.char === '^');
  if (negated) at += 1;
  const tests: ((char: string) => boolean)[] = [];
  for (const begin = at; at < chars.length; at += 1) {
    const { char, quoted } = chars[at] ?? { char: '', quoted: true };
    if (char === ']' && !quoted && at > begin) {
      return {
        token: { kind: 'set', negated, has: (tested) => tests.some((test) => test(tested)) },
        end: at,
      };
    }
    const named = !quoted && char === '[' ? classAt(chars, at) : undefined;
    if (named) {
      tests.push((tested) => named.test.test(tested));
      at = named.end;
      continue;
    }
    const last = chars[at + 2];
    if (
      chars[at + 1]?.char === '-' &&
      !chars[at + 1]?.quoted &&
      last &&
      !(last.char === ']' && !last.quoted)
    ) {
      tests.push((tested) => tested >= char && tested <= last.char);
      at += 2;
    } else tests.push((tested) => tested === char);
  }
  return undefined;
}

function classAt(chars: readonly QuotedChar[], at: number): { test: RegExp; end: number } | undefined {
  const text = chars
    .slice(at, at + 12)
    .map(({ char }) => char)
    .join('');
  const name = /^\[:([a-z]+):\]/.exec(text)?.[1];
  const test = name === undefined ? undefined : CLASSES[name];
  return test && name !== undefined ? { test, end: at + name.length + 3 } : undefined;
}

export function matchesPattern(pattern: Pattern, text: string): boolean {
  return matchedPrefixes(pattern, text).at(-1) === text.length;
}

/**
 * The lengths of the beginnings of the text that match as a whole, ascending. All states of the pattern move
 * along at once, so the work is bounded by pattern times text.
 */
export function matchedPrefixes(pattern: Pattern, text: string): number[] {
  const lengths: number[] = [];
  let states = reached(pattern, new Set([0]));
  for (let at = 0; ; ) {
    if (states.has(pattern.length)) lengths.push(at);
    const char = at < text.length ? String.fromCodePoint(text.codePointAt(at) ?? 0) : '';
    if (char === '' || states.size === 0) return lengths;
    const next = new Set<number>();
    for (const state of states) {
      const token = pattern[state];
      if (!token || !accepts(token, char)) continue;
      next.add(token.kind === 'star' ? state : state + 1);
    }
    states = reached(pattern, next);
    at += char.length;
  }
}

function reached(pattern: Pattern, states: Set<number>): Set<number> {
  for (const state of states) if (pattern[state]?.kind === 'star') states.add(state + 1);
  return states;
}

function accepts(token: PatternToken, char: string): boolean {
  if (token.kind === 'char') return token.char === char;
  if (token.kind === 'set') return token.has(char) !== token.negated;
  return true;
}

/** The lengths of the ends of the text that match, ascending. */
export function matchedSuffixes(pattern: Pattern, text: string): number[] {
  return matchedPrefixes(pattern.toReversed(), [...text].toReversed().join(''));
}
