import { type EventType, FAILSAFE_SCHEMA, loadAll, type State, Type, YAMLException } from 'js-yaml';
import {
  FALSE_WORD,
  NOT_FINITE_WORD,
  NULL_WORD,
  NUMBER_WORD,
  readNumber,
  TRUE_WORD,
} from './kubernetes-scalars.ts';

/**
 * The documents of a text by a parser that is several times as fast as the one that knows where everything
 * stands, of what both read alike: undefined for what is wrong in any way, or is written in a way that is
 * rare.
 */
export function readPlainly(text: string): readonly unknown[] | undefined {
  if (RARE.some((pattern) => pattern.test(text))) return undefined;
  try {
    const documents = loadAll(text, null, { schema: SCHEMA, listener: demandEnd });
    return hasOddKey(documents) ? undefined : documents;
  } catch (thrown) {
    // A text that exhausts the stack is nested thousands of levels deep.
    if (thrown instanceof YAMLException || thrown instanceof RangeError) return undefined;
    throw thrown;
  }
}

/**
 * What is read more slowly, wherever it stands: in a text in which it means nothing, too.
 */
const RARE: readonly RegExp[] = [
  // A tab, a line end that is no newline, and characters that YAML does not have.
  /[^\n\x20-\x7e\x85\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u,
  // An anchor or a tag; whoever has no anchor has no alias. `!has(self.x)` is an expression.
  /(?:^ *|[:,[{-] +|[[{,])(?:&[^\s&]|!(?!=|[\w.]*\())/m,
  // A directive, and a merge.
  /^%|<<['"]?\s*:/m,
  // A key of several lines that is no word.
  /^[ -]*\?(?:\s+[[{\-&!]|\s*$)/m,
  // An item that is not on its line: the parser takes the next for one of the same list, however far left it
  // is.
  /^ *(?:- +)*- *(?:#[^\n]*)?$/m,
  // A key that is a list.
  /\{\s*\[|\][ ]*:(?:\s|$)|\{[^{}\n]*,\s*\[[^\]\n]*\]\s*[,}]/,
];

/** The parser passes over whatever stands behind a quoted text of several lines. */
function demandEnd(event: EventType, { kind, input, position }: State): void {
  if (event !== 'close' || kind !== 'scalar') return;
  const last = input.charCodeAt(position - 1);
  if (last !== SINGLE_QUOTE && last !== DOUBLE_QUOTE) return;
  AFTER_QUOTED.lastIndex = position;
  if (!AFTER_QUOTED.test(input)) throw new YAMLException('there is more behind a quoted text');
}

const SINGLE_QUOTE = 0x27;
const DOUBLE_QUOTE = 0x22;
/** The parser ends its input with a character that is none. */
const AFTER_QUOTED = / *[\n\0#:,\]}]/y;

/**
 * The parser makes these words of a key that is a map, which JSON does not have, and of one without a name.
 */
function hasOddKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(hasOddKey);
  if (Object.hasOwn(value, '[object Object]') || Object.hasOwn(value, 'null')) return true;
  return Object.values(value).some(hasOddKey);
}

/**
 * As Kubernetes' tools read plain scalars; named otherwise than YAML does, so that a tag asks for none of
 * them.
 */
const SCHEMA = FAILSAFE_SCHEMA.extend({
  implicit: [
    new Type('tag:kubernetes:null', {
      kind: 'scalar',
      resolve: (word: string | null) => word === null || NULL_WORD.test(word),
      construct: () => null,
    }),
    new Type('tag:kubernetes:bool', {
      kind: 'scalar',
      resolve: (word: string | null) => word !== null && (TRUE_WORD.test(word) || FALSE_WORD.test(word)),
      construct: (word: string) => TRUE_WORD.test(word),
    }),
    new Type('tag:kubernetes:number', {
      kind: 'scalar',
      resolve: (word: string | null) => word !== null && NUMBER_WORD.test(word),
      construct: readNumber,
    }),
    new Type('tag:kubernetes:not-finite', {
      kind: 'scalar',
      resolve: (word: string | null) => word !== null && NOT_FINITE_WORD.test(word),
      construct: (word: string) => {
        throw new YAMLException(word);
      },
    }),
  ],
});
