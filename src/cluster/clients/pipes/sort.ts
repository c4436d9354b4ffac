import { compareText } from '../../objects/json.ts';
import type { Filter } from '../program.ts';
import type { Options } from './read-options.ts';
import { joinedText, joinLines, linesOf, textFilter } from './text-filter.ts';

/** `2,3nr`: fields, and how they are compared. */
const KEY = /^(\d+)(?:,(\d+))?([nrbf]*)$/;

/** Sorts byte by byte (LC_ALL=C), by the whole line or by fields. */
export const sort: Filter = textFilter({
  name: 'sort',
  options: {
    flags: 'nrubfs',
    valued: 'kt',
    long: { reverse: 'r', unique: 'u', 'numeric-sort': 'n', key: 'k', 'ignore-case': 'f', stable: 's' },
  },
  missing: (path) => `cannot read: ${path}`,
  missingExit: 2,
  isSteady: () => false,
  refusal(options) {
    const wrong = keysGiven(options).find((key) => !KEY.test(key));
    return wrong === undefined ? undefined : `its key ${wrong} is not simulated`;
  },
  run(inputs, options) {
    const { given } = options;
    const keys = keysOf(options);
    const byKeys = (a: string, b: string) =>
      keys.reduce((decided, key) => decided || compareBy(key, a, b), 0);
    const isKeyAll = given.has('u') || given.has('s');
    const last = (a: string, b: string) => (isKeyAll ? 0 : compareText(a, b) * (given.has('r') ? -1 : 1));
    const sorted = [...linesOf(joinedText(inputs))].sort((a, b) => byKeys(a, b) || last(a, b));
    const isOther = (line: string, index: number) =>
      index === 0 || byKeys(sorted[index - 1] ?? '', line) !== 0;
    return { stdout: joinLines(given.has('u') ? sorted.filter(isOther) : sorted), exitCode: 0 };
  },
});

function keysGiven({ values }: Options): readonly string[] {
  return values.flatMap(([letter, value]) => (letter === 'k' ? [value] : []));
}

interface Key {
  keyOf(line: string): string;
  readonly isNumeric: boolean;
  readonly isFolded: boolean;
  readonly sign: 1 | -1;
}

/** A key without letters of its own takes the options of the call. */
function keysOf(options: Options): readonly Key[] {
  const { given } = options;
  const letters = ['n', 'r', 'b', 'f'].filter((letter) => given.has(letter)).join('');
  const keys = keysGiven(options).map((key) => KEY.exec(key) ?? []);
  if (keys.length === 0) return [keyWith((line) => line, letters)];
  return keys.map(([, from, to, own]) => {
    const chosen = own ? own : letters;
    const field = { from: Number(from), to: to === undefined ? Number.POSITIVE_INFINITY : Number(to) };
    return keyWith((line) => fieldsOf(line, given.get('t'), field), chosen);
  });
}

function keyWith(part: (line: string) => string, letters: string): Key {
  const isTrimmed = letters.includes('b') || letters.includes('n');
  return {
    keyOf: (line) => (isTrimmed ? part(line).trimStart() : part(line)),
    isNumeric: letters.includes('n'),
    isFolded: letters.includes('f'),
    sign: letters.includes('r') ? -1 : 1,
  };
}

function compareBy({ keyOf, isNumeric, isFolded, sign }: Key, a: string, b: string): number {
  const [left, right] = [keyOf(a), keyOf(b)];
  if (isNumeric) return sign * (leadingNumber(left) - leadingNumber(right));
  return sign * (isFolded ? compareText(left.toUpperCase(), right.toUpperCase()) : compareText(left, right));
}

/** Without a separator the blanks before a field are part of it. */
function fieldsOf(
  line: string,
  separator: string | undefined,
  { from, to }: { readonly from: number; readonly to: number },
): string {
  const fields = separator === undefined ? (line.match(/\s*\S+/g) ?? []) : line.split(separator);
  return fields.slice(from - 1, to).join(separator ?? '');
}

function leadingNumber(text: string): number {
  return Number(/^-?\d*\.?\d*/.exec(text)?.[0]) || 0;
}
