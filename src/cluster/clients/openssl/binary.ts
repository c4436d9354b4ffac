import { utf8Bytes } from '../../objects/base64.ts';

/** Bytes on their way through a pipe: a character each. */
export function textOfBytes(bytes: readonly number[]): string {
  return bytes.map((byte) => String.fromCharCode(byte)).join('');
}

/** What `textOfBytes` made, or text: DER begins with the tag of a sequence, `0`, and a length. */
export function bytesOfText(text: string): readonly number[] {
  const codes = [...text].map((letter) => letter.codePointAt(0) ?? 0);
  const isBinary = codes[0] === 0x30 && (codes[1] ?? 0) >= 0x80 && codes.every((code) => code < 0x100);
  return isBinary ? codes : utf8Bytes(text);
}
