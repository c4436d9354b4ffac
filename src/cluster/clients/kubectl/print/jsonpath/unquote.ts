const SIMPLE: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

const ESCAPE = /^\\(?:([abfnrtv\\'"])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3}))/;

/**
 * The text of a Go string literal in double or single quotes; undefined when it is none. The other kind of
 * quote needs no backslash, and may have none. Mirrors client-go: util/jsonpath UnquoteExtend.
 */
export function unquote(literal: string): string | undefined {
  const quote = literal[0];
  if (literal.length < 2 || quote !== literal.at(-1)) return undefined;
  let rest = literal.slice(1, -1);
  let text = '';
  while (rest !== '') {
    const plain =
      /^[^\\'"]+/.exec(rest)?.[0] ?? (rest[0] === '\\' || rest[0] === quote ? undefined : rest[0]);
    if (plain !== undefined) {
      text += plain;
      rest = rest.slice(plain.length);
      continue;
    }
    const found = ESCAPE.exec(rest);
    const character = found ? unescaped(found, quote) : undefined;
    if (!found || character === undefined) return undefined;
    text += character;
    rest = rest.slice(found[0].length);
  }
  return text;
}

function unescaped(
  [, simple, hex, short, long, octal]: RegExpExecArray,
  quote: string | undefined,
): string | undefined {
  if (simple === "'" || simple === '"') return simple === quote ? simple : undefined;
  if (simple !== undefined) return SIMPLE[simple];
  const code =
    octal === undefined ? Number.parseInt(hex ?? short ?? long ?? '', 16) : Number.parseInt(octal, 8);
  const limit = octal === undefined ? 0x10ffff : 0xff;
  return code > limit || (code >= 0xd800 && code < 0xe000) ? undefined : String.fromCodePoint(code);
}
