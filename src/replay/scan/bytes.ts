export const QUOTE = 0x22;
export const BACKSLASH = 0x5c;
const FIRST_BEYOND_ASCII = 0x80;

/**
 * Where a text ends whose first character is at a place: at its quote, or before the first byte that is no
 * character as it stands.
 */
export function plainEnd(bytes: Uint8Array, from: number): number {
  let place = from;
  for (let byte = bytes[place] as number; isPlain(byte); ) byte = bytes[++place] as number;
  return place;
}

/** Whether a byte is a character of a text as it stands. */
export function isPlain(byte: number): boolean {
  return byte !== QUOTE && byte !== BACKSLASH && byte < FIRST_BEYOND_ASCII;
}

export function standsAt(bytes: Uint8Array, from: number, wanted: Uint8Array): boolean {
  for (let index = 0; index < wanted.length; index++) if (bytes[from + index] !== wanted[index]) return false;
  return true;
}

/** The bytes of an ASCII text. */
export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

/** The text of ASCII bytes. */
export function asciiText(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let place = from; place < to; place++) text += String.fromCharCode(bytes[place] as number);
  return text;
}
