const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

/**
 * Backslash sequences as `echo -e` and `printf` read them. `\c` stops all output. For `echo` and `%b` octal
 * numbers begin with a 0 that does not count among their three digits.
 */
export function unescapeText(
  text: string,
  zeroOctal: boolean,
): { readonly text: string; readonly stopped: boolean } {
  if (!text.includes('\\')) return { text, stopped: false };
  let result = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (char !== '\\' || at + 1 >= text.length) {
      result += char;
      continue;
    }
    const rest = text.slice(at + 1);
    if (rest.startsWith('c')) return { text: result, stopped: true };
    const number = (zeroOctal ? /^0?[0-7]{1,3}/ : /^[0-7]{1,3}/).exec(rest)?.[0];
    const hex = /^x([0-9A-Fa-f]{1,2})/.exec(rest);
    if (number !== undefined) {
      result += String.fromCharCode(Number.parseInt(number, 8) & 0xff);
      at += number.length;
    } else if (hex) {
      result += String.fromCharCode(Number.parseInt(hex[1] ?? '', 16));
      at += hex[0].length;
    } else {
      const simple = SIMPLE[rest[0] ?? ''];
      result += simple ?? `\\${rest[0] ?? ''}`;
      at += 1;
    }
  }
  return { text: result, stopped: false };
}
