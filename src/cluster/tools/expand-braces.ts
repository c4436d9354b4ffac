const MOST_WORDS = 10_000;

/** Bash's brace expansion of a word's source text: `a{b,c}` to `ab`, `ac`; `{1..3}` to `1`, `2`, `3`. */
export function expandBraces(source: string): readonly string[] {
  const found = firstBraces(source);
  if (!found) return [source];
  const before = source.slice(0, found.start);
  const rest = expandBraces(source.slice(found.end));
  const words: string[] = [];
  for (const choice of found.choices.flatMap(expandBraces)) {
    for (const tail of rest) words.push(before + choice + tail);
    if (words.length > MOST_WORDS) return [source];
  }
  return words;
}

interface Braces {
  readonly start: number;
  readonly end: number;
  readonly choices: readonly string[];
}

function firstBraces(source: string): Braces | undefined {
  for (let start = 0; start < source.length; start += 1) {
    const char = source[start];
    if (char === '\\') start += 1;
    else if (char === "'" || char === '"') start = Math.max(start, source.indexOf(char, start + 1));
    else if (char === '$' && source[start + 1] === '{') start = Math.max(start, source.indexOf('}', start));
    else if (char === '{') {
      const braces = bracesAt(source, start);
      if (braces) return braces;
    }
  }
  return undefined;
}

function bracesAt(source: string, start: number): Braces | undefined {
  const choices: string[] = [];
  let depth = 0;
  let from = start + 1;
  for (let at = start; at < source.length; at += 1) {
    const char = source[at];
    if (char === '\\') at += 1;
    else if (char === '{') depth += 1;
    else if (char === ',' && depth === 1) {
      choices.push(source.slice(from, at));
      from = at + 1;
    } else if (char === '}') {
      depth -= 1;
      if (depth > 0) continue;
      const last = source.slice(from, at);
      const all = choices.length > 0 ? [...choices, last] : sequenceOf(last);
      return all && { start, end: at + 1, choices: all };
    }
  }
  return undefined;
}

function sequenceOf(text: string): string[] | undefined {
  const numbers = /^(-?\d+)\.\.(-?\d+)(?:\.\.(-?\d+))?$/.exec(text);
  const letters = /^([A-Za-z])\.\.([A-Za-z])(?:\.\.(-?\d+))?$/.exec(text);
  const found = numbers ?? letters;
  if (!found) return undefined;
  const [, first = '', last = ''] = found;
  const ends = numbers ? [Number(first), Number(last)] : [first.charCodeAt(0), last.charCodeAt(0)];
  const [from = 0, to = 0] = ends;
  const step = Math.abs(Number(found[3] ?? 1)) || 1;
  if (Math.abs(to - from) / step > MOST_WORDS) return undefined;
  const width = numbers && /^-?0\d/.test(`${first} ${last}`) ? Math.max(first.length, last.length) : 0;
  const values: string[] = [];
  for (let value = from; from <= to ? value <= to : value >= to; value += from <= to ? step : -step) {
    values.push(numbers ? String(value).padStart(width, '0') : String.fromCharCode(value));
  }
  return values;
}
