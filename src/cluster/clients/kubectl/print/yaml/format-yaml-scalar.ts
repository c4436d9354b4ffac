import { analyzeYamlText, isYamlPrintable } from './analyze-yaml-text.ts';
import { looksLikeOtherType } from './looks-like-other-type.ts';

export interface ScalarPlace {
  /** Of its first character. */
  readonly column: number;
  /** Of the lines on which it goes on. */
  readonly indent: number;
  /** Keys stay on their line. */
  readonly isKey: boolean;
}

/** Beyond this column a text goes on in the next line, at the next blank. */
const BEST_WIDTH = 80;

/**
 * A scalar in the style that go-yaml v2 picks for it: plain, quoted, or a literal block for several lines.
 */
export function formatYamlScalar(value: null | boolean | number | string, place: ScalarPlace): string {
  if (typeof value === 'number') return formatNumber(value);
  if (typeof value !== 'string') return String(value);
  const { isPlainAllowed, isSingleQuotedAllowed, isLiteralAllowed } = analyzeYamlText(value);
  if (value.includes('\n')) {
    return isLiteralAllowed && !place.isKey ? literal(value, place.indent) : doubleQuoted(value, place);
  }
  if (looksLikeOtherType(value)) return doubleQuoted(value, place);
  if (isPlainAllowed) return plain(value, place);
  return isSingleQuotedAllowed ? singleQuoted(value, place) : doubleQuoted(value, place);
}

function plain(text: string, place: ScalarPlace): string {
  const writer = writerAt(place);
  const characters = [...text];
  characters.forEach((character, i) => {
    const isFoldable = character === ' ' && characters[i + 1] !== ' ';
    writer.write(character, isFoldable);
  });
  return writer.text();
}

function singleQuoted(text: string, place: ScalarPlace): string {
  const writer = writerAt(place);
  const characters = [...text];
  writer.put("'");
  characters.forEach((character, i) => {
    const isInside = i > 0 && i < characters.length - 1;
    const isFoldable = isInside && character === ' ' && characters[i + 1] !== ' ';
    if (character === "'") writer.put("'");
    if (isSeparator(characters[i - 1]) && !isSeparator(character)) writer.put(' '.repeat(place.indent));
    writer.write(character, isFoldable);
  });
  writer.put("'");
  return writer.text();
}

/** Line breaks of Unicode, behind which go-yaml indents. */
function isSeparator(character: string | undefined): boolean {
  return character === '\u2028' || character === '\u2029';
}

function doubleQuoted(text: string, place: ScalarPlace): string {
  const writer = writerAt(place);
  const characters = [...text];
  writer.put('"');
  // After a byte order mark go-yaml takes every character for one.
  const isAllEscaped = text.startsWith('\ufeff');
  characters.forEach((character, i) => {
    const escaped = escapeOf(character, isAllEscaped);
    if (escaped !== undefined) {
      writer.putEscape(escaped);
      return;
    }
    const isInside = i > 0 && i < characters.length - 1;
    const isFolded = writer.write(character, isInside && character === ' ');
    // A blank that would begin the next line has to be told from indentation.
    if (isFolded && characters[i + 1] === ' ') writer.put('\\');
  });
  writer.put('"');
  return writer.text();
}

/** `|`, with hints for an indented first line and for other than one line break at the end. */
function literal(text: string, indent: number): string {
  const indentHint = /^[ \n]/.test(text) ? '2' : '';
  const chompHint = text.endsWith('\n') ? (text === '\n' || text.endsWith('\n\n') ? '+' : '') : '-';
  const body = text.endsWith('\n') ? text.slice(0, -1) : text;
  const lines = body.split('\n').map((line) => (line === '' ? '' : ' '.repeat(indent) + line));
  return `|${indentHint}${chompHint}\n${lines.join('\n')}`;
}

function writerAt({ column: start, indent, isKey }: ScalarPlace) {
  let text = '';
  let column = start;
  let isAfterBlank = false;
  const put = (part: string) => {
    text += part;
    column += [...part].length;
  };
  return {
    put,
    putEscape: (part: string) => {
      put(part);
      isAfterBlank = false;
    },
    /**
     * Writes a character, or breaks the line instead of a blank beyond the best width; tells whether it did.
     */
    write: (character: string, isFoldable: boolean): boolean => {
      const isFolded = isFoldable && !isKey && !isAfterBlank && column > BEST_WIDTH;
      if (isFolded) {
        text += `\n${' '.repeat(indent)}`;
        column = indent;
      } else {
        put(character);
      }
      isAfterBlank = character === ' ';
      return isFolded;
    },
    text: () => text,
  };
}

const NAMED_ESCAPES: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\u0007': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\u001b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\u0085': '\\N',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

function escapeOf(character: string, isForced: boolean): string | undefined {
  const named = NAMED_ESCAPES[character];
  if (named !== undefined) return named;
  if (isYamlPrintable(character) && !isForced) return undefined;
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

const INT64_LIMIT = 2 ** 63;

/**
 * Whole numbers are Go's int64 as long as they fit; others are written as strconv.FormatFloat does with 'g'.
 */
function formatNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < INT64_LIMIT) return String(value);
  const [mantissa = '', exponent] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(value);
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
