/**
 * Text that a terminal only shows and does not act on: what programs print is not to be trusted with a
 * reader's screen. Control characters are written as `^[`; line ends and tabs stay.
 */
export function printable(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(CONTROL, (char) => `^${String.fromCharCode(char.charCodeAt(0) ^ 0x40)}`)
    .replace(UNSEEN, '\ufffd');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced.
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** The other control characters, and those that turn the direction of what follows. */
const UNSEEN = /[\u0080-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;
