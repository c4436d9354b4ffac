import { isObject, sortedKeys } from './json.ts';

/**
 * JSON as Go's `encoding/json` writes a map: keys sorted, nothing between tokens, and `<`, `>`, `&` escaped.
 * So the last-applied annotation of `a && b` reads `a \u0026\u0026 b`.
 */
export function encodeGoJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(encodeGoJson).join(',')}]`;
  if (isObject(value)) {
    const members = sortedKeys(value).map((key) => `${encodeGoString(key)}:${encodeGoJson(value[key])}`);
    return `{${members.join(',')}}`;
  }
  return typeof value === 'string' ? encodeGoString(value) : JSON.stringify(value ?? null);
}

const ESCAPED_BY_GO = /[<>&\u2028\u2029]/g;

function encodeGoString(text: string): string {
  return escapeGoJson(JSON.stringify(text));
}

/** Escapes in a JSON text what Go escapes in its strings. */
export function escapeGoJson(json: string): string {
  return json.replace(ESCAPED_BY_GO, unicodeEscape);
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

const NAMED_ESCAPES: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  '"': '\\"',
};

/**
 * A string as Go's `%q` prints it: printable characters of any language stay, control characters are escaped.
 */
export function quoteGo(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that Go escapes
  const body = text.replace(/[\x00-\x1f\x7f-\xa0\\"\u00ad\u200b-\u200f\u2028\u2029\ufeff]/g, (character) => {
    const code = character.charCodeAt(0);
    const named = NAMED_ESCAPES[character];
    if (named !== undefined) return named;
    return code < 0x80 ? `\\x${code.toString(16).padStart(2, '0')}` : unicodeEscape(character);
  });
  return `"${body}"`;
}
