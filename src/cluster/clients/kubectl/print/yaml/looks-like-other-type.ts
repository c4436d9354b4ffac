const WORDS = new Set(
  ['y', 'yes', 'true', 'on', 'n', 'no', 'false', 'off', 'null'].flatMap((word) => [
    word,
    word.toUpperCase(),
    word.charAt(0).toUpperCase() + word.slice(1),
  ]),
);
const SYMBOLS = new Set(['', '~', '.nan', '.NaN', '.NAN']);
const INFINITY = /^[+-]?\.(?:inf|Inf|INF)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const PREFIXED_INTEGER = /^([+-]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+)$/;
const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

/**
 * Whether a plain scalar would be read as a number, a boolean, a date or nothing, so that a text must be
 * quoted. Mirrors go-yaml v2: resolve.go resolve, encode.go isBase60Float.
 */
export function looksLikeOtherType(text: string): boolean {
  if (WORDS.has(text) || SYMBOLS.has(text) || INFINITY.test(text) || BASE_60.test(text)) return true;
  if (/^\./.test(text)) return isFiniteFloat(text);
  if (!/^[0-9+-]/.test(text)) return false;
  const digits = text.replaceAll('_', '');
  return isTimestamp(text) || isFiniteFloat(digits) || isPrefixedInteger(digits);
}

/** What is too large for a float stays a text: the hash `5e12345678`. */
function isFiniteFloat(text: string): boolean {
  return FLOAT.test(text) && Number.isFinite(Number(text));
}

function isPrefixedInteger(text: string): boolean {
  const [, sign = '', digits] = PREFIXED_INTEGER.exec(text) ?? [];
  if (digits === undefined) return false;
  const value = BigInt(digits.toLowerCase());
  if (sign === '') return value < 2n ** 64n;
  return sign === '-' ? value <= 2n ** 63n : value < 2n ** 63n;
}

const TIMESTAMP =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?(?:Z|[+-]\d\d:\d\d)| (\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?)?$/;

/** `2026-11-21`, `2026-11-21T05:08:16Z`, `2026-11-21 05:08:16`. */
function isTimestamp(text: string): boolean {
  const found = TIMESTAMP.exec(text);
  if (!found) return false;
  const [year = 0, month = 0, day = 0] = found.slice(1, 4).map(Number);
  const [hour, minute, second] = (found[4] === undefined ? found.slice(7, 10) : found.slice(4, 7)).map(
    (part) => Number(part ?? 0),
  );
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return false;
  return (hour ?? 0) < 24 && (minute ?? 0) < 60 && (second ?? 0) < 60;
}

function daysIn(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (month === 2) return isLeap ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
