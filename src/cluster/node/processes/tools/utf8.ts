export function toUtf8(text: string): number[] {
  const bytes: number[] = [];
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), tail(code));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), tail(code >> 6), tail(code));
    else bytes.push(0xf0 | (code >> 18), tail(code >> 12), tail(code >> 6), tail(code));
  }
  return bytes;
}

const tail = (code: number): number => 0x80 | (code & 0x3f);

/** Bytes that are no UTF-8 become characters of their own number. */
export function fromUtf8(bytes: readonly number[]): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 1) {
    const first = bytes[at] ?? 0;
    const more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0;
    const rest = bytes.slice(at + 1, at + 1 + more);
    const isWhole = rest.length === more && rest.every((byte) => (byte & 0xc0) === 0x80);
    if (more === 0 || !isWhole) {
      text += String.fromCharCode(first);
      continue;
    }
    const code = rest.reduce((value, byte) => (value << 6) | (byte & 0x3f), first & (0x3f >> more));
    text += code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
    at += more;
  }
  return text;
}
