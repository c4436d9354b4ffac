/** Base64 of bytes, and of text as UTF-8: the pure part has neither `btoa` nor `TextEncoder`. */

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function encodeBase64(text: string): string {
  return encodeBytes(utf8Bytes(text));
}

export function encodeBytes(bytes: readonly number[]): string {
  let result = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const group = [bytes[index] ?? 0, bytes[index + 1], bytes[index + 2]];
    const bits = ((group[0] ?? 0) << 16) | ((group[1] ?? 0) << 8) | (group[2] ?? 0);
    const digits = [18, 12, 6, 0].map((shift) => DIGITS[(bits >> shift) & 63] ?? '');
    const used = group.filter((byte) => byte !== undefined).length + 1;
    result += digits.slice(0, used).join('').padEnd(4, '=');
  }
  return result;
}

/** The text that base64 holds; undefined for what is not base64. Bytes that are not UTF-8 become U+FFFD. */
export function decodeBase64(encoded: string): string | undefined {
  const bytes = decodeBytes(encoded);
  return bytes && textOfUtf8(bytes);
}

/** The bytes that base64 holds; undefined for what is not base64. */
export function decodeBytes(encoded: string): readonly number[] | undefined {
  const text = encoded.replace(/[\r\n]/g, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return undefined;
  const bytes: number[] = [];
  for (let index = 0; index < text.length; index += 4) {
    const digits = [...text.slice(index, index + 4)].filter((digit) => digit !== '=');
    const bits = digits.reduce((sum, digit, place) => sum | (DIGITS.indexOf(digit) << (18 - 6 * place)), 0);
    for (let byte = 0; byte < digits.length - 1; byte += 1) bytes.push((bits >> (16 - 8 * byte)) & 255);
  }
  return bytes;
}

/** How many bytes a text takes as UTF-8, which is what Kubernetes' limits count. */
export function utf8Length(text: string): number {
  return utf8Bytes(text).length;
}

export function utf8Bytes(text: string): readonly number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), continuation(code));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), continuation(code >> 6), continuation(code));
    else
      bytes.push(0xf0 | (code >> 18), continuation(code >> 12), continuation(code >> 6), continuation(code));
  }
  return bytes;
}

function continuation(bits: number): number {
  return 0x80 | (bits & 0x3f);
}

/** Bytes that are not UTF-8 become U+FFFD. */
export function textOfUtf8(bytes: readonly number[]): string {
  let text = '';
  for (let index = 0; index < bytes.length; ) {
    const first = bytes[index] ?? 0;
    const length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 0;
    const rest = bytes.slice(index + 1, index + length);
    const isWhole = length > 0 && rest.length === length - 1 && rest.every((byte) => (byte & 0xc0) === 0x80);
    const leading = length === 1 ? first : first & (0xff >> (length + 1));
    const code = rest.reduce((sum, byte) => (sum << 6) | (byte & 0x3f), leading);
    text += isWhole && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
    index += isWhole ? length : 1;
  }
  return text;
}
