import type { YAMLError } from 'yaml';
import type { DiagnosticCode } from './diagnostic.ts';

export interface YamlWords {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly hint?: string;
}

/** What is wrong with a text that is no YAML, in words for those who wrote it; `line` is where it is seen. */
export function yamlWords({ code, message }: Pick<YAMLError, 'code' | 'message'>, line: string): YamlWords {
  const unseen = UNSEEN.exec(line);
  if (unseen && code !== 'DUPLICATE_KEY' && code !== 'MULTIPLE_DOCS') {
    const point = unseen[0].codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
    const hint = `there is a character in this line that nobody sees: U+${point}; take it away`;
    return { code: 'yaml-syntax', message: wordsOf(message).message, hint };
  }
  switch (code) {
    case 'TAB_AS_INDENT':
      return {
        code: 'tab-indent',
        message: 'a tab is used for indentation, which YAML does not allow',
        hint: 'indent with spaces',
      };
    case 'DUPLICATE_KEY':
      return {
        code: 'duplicate-key',
        message: 'this key is there twice',
        hint: 'keep one of the two: YAML would silently take only the last',
      };
    case 'MULTIPLE_DOCS':
      return {
        code: 'yaml-syntax',
        message: 'there is a second document in this file',
        hint: 'a scenario is one document: take the "---" away',
      };
    default:
      return /call stack/i.test(message)
        ? { code: 'too-deep', message: 'the YAML is nested too deeply' }
        : { code: 'yaml-syntax', ...wordsOf(message) };
  }
}

/** What leaves no mark on a screen, and half a pair of a character that takes two. */
const UNSEEN = /(?![\t\n])[\p{Cc}\p{Cs}\u00a0\u200b-\u200f\u2028-\u202e\ufeff]/u;

/** What the library says first, and what to say instead: it speaks of the grammar of YAML. */
const SAID: readonly (readonly [begins: RegExp, message: string, hint: string])[] = [
  [
    /^Nested mappings are not allowed/,
    'this key has a text already, and keys follow it',
    'put a text with ": " in it in quotes; else see whether a line is missing, or indented too deeply, below it',
  ],
  [
    /^All (?:mapping|sequence) items must start at the same column/,
    'this line is indented otherwise than those that it belongs to',
    'indent it like the key, or the "- ", before it',
  ],
  [
    /^A block sequence may not be used as an implicit map key/,
    'an item of a list ("- …") stands where a key is wanted',
    'indent it like the items that it belongs to',
  ],
  [
    /^Implicit keys need to be on a single line/,
    'this is neither a key with its value nor part of a text',
    'a text of several lines is indented more than its key; behind a key there is ": "',
  ],
  [
    /^Implicit map keys need to be followed by map values/,
    'this is neither a key with its value nor an item of a list',
    'write it as "key: value", or as "- item"; a text of several lines is indented more than its key',
  ],
  [
    /^Flow map .*must be sufficiently indented/,
    'what begins with { does not end with a } behind it',
    'close it; on lines of its own the } is indented more than the key',
  ],
  [
    /^Flow sequence .*must be sufficiently indented/,
    'what begins with [ does not end with a ] behind it',
    'close it; on lines of its own the ] is indented more than the key',
  ],
  [/^Missing closing/, 'this quote is never closed', 'close it, or double it where it belongs to the text'],
  [
    /^Sequence item without - indicator/,
    'a "- " is missing here: this stands among the items of a list',
    'write "- " before it, or indent it as part of the item before',
  ],
  [
    /^Missing , /,
    'a comma, a colon or a closing bracket is missing before this',
    'items between brackets are parted by commas; put a text with { } [ ] or , in it in quotes',
  ],
  [/^Plain value cannot start with/, 'a text can not begin with this character', 'put it in quotes'],
  [
    /^Invalid escape sequence/,
    'between " " a backslash has a meaning, and not before this',
    "write \\\\ for a backslash, or put the text in ' '",
  ],
  [
    /^Block scalar header includes extra characters/,
    'behind | or > nothing more stands on the line',
    'begin the text on the next line',
  ],
];

function wordsOf(message: string): { readonly message: string; readonly hint?: string } {
  const [, better, hint] = SAID.find(([begins]) => begins.test(message)) ?? [];
  if (better !== undefined && hint !== undefined) return { message: better, hint };
  return { message: message.charAt(0).toLowerCase() + message.slice(1) };
}
