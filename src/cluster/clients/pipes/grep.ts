import { grepMatcher } from '../../tools/grep-matcher.ts';
import type { Filter } from '../program.ts';
import type { Options } from './read-options.ts';
import { type Input, joinLines, linesOf, type TextTool, textFilter } from './text-filter.ts';

const OPTIONS = {
  flags: 'ivcqwoEFnhHlxrRsaI',
  valued: 'eABCm',
  long: {
    'ignore-case': 'i',
    'invert-match': 'v',
    count: 'c',
    'only-matching': 'o',
    'files-with-matches': 'l',
    'no-filename': 'h',
    'with-filename': 'H',
    'max-count': 'm',
    'extended-regexp': 'E',
    'fixed-strings': 'F',
    'line-number': 'n',
    'word-regexp': 'w',
    quiet: 'q',
    recursive: 'r',
    'no-messages': 's',
    'after-context': 'A',
    'before-context': 'B',
    context: 'C',
    regexp: 'e',
    // Where its output is no terminal, there are no colours.
    color: 'I',
    colour: 'I',
  },
};

/** Whether grep reads extended expressions, as its other name says. */
function grepCalled(name: string, isExtended: boolean): TextTool {
  return {
    name,
    options: OPTIONS,
    missingExit: 2,
    isDeep: ({ given }) => given.has('r') || given.has('R'),
    isQuiet: ({ given }) => given.has('s'),
    leading: ({ given }) => (given.has('e') ? 0 : 1),
    isSteady: ({ given }) => ['c', 'q', 'l', 'A', 'B', 'C', 'm'].every((option) => !given.has(option)),
    refusal: (options) => (patternsOf(options).length === 0 ? 'no pattern is given' : undefined),
    run(inputs, options) {
      const matcher = matcherOf(options, isExtended || options.given.has('E'));
      const searched = inputs.map((input) => search(input, options, matcher));
      const exitCode = searched.some(({ hits }) => hits.length > 0) ? 0 : 1;
      if (options.given.has('q')) return { stdout: '', exitCode };
      const isMany = inputs.length > 1 || options.given.has('r') || options.given.has('R');
      const isNamed = options.given.has('H') || (isMany && !options.given.has('h'));
      return {
        stdout: joinLines(searched.flatMap((one) => report(one, options, matcher, isNamed))),
        exitCode,
      };
    },
  };
}

export const grep: Filter = textFilter(grepCalled('grep', false));
export const egrep: Filter = textFilter(grepCalled('egrep', true));

interface Searched {
  readonly name: string;
  readonly lines: readonly string[];
  /** Which lines are wanted. */
  readonly hits: readonly number[];
}

function search({ name = '-', text }: Input, { given }: Options, matcher: RegExp): Searched {
  const isWanted = (line: string) => line.search(matcher) >= 0 !== given.has('v');
  const lines = linesOf(text);
  const limit = Number(given.get('m') ?? Number.POSITIVE_INFINITY);
  const hits = lines.flatMap((line, index) => (isWanted(line) ? [index] : [])).slice(0, limit);
  return { name: name === '-' ? '(standard input)' : name, lines, hits };
}

function report(
  searched: Searched,
  { given }: Options,
  matcher: RegExp,
  isNamed: boolean,
): readonly string[] {
  const { name, lines, hits } = searched;
  if (given.has('l')) return hits.length === 0 ? [] : [name];
  const prefix = (mark: string) => (isNamed ? `${name}${mark}` : '');
  if (given.has('c')) return [`${prefix(':')}${hits.length}`];
  const place = (index: number, mark: string) =>
    `${prefix(mark)}${given.has('n') ? `${index + 1}${mark}` : ''}`;
  if (!given.has('o')) return withContext(searched, given, place);
  return hits.flatMap((index) =>
    ((lines[index] ?? '').match(matcher) ?? []).map((piece) => `${place(index, ':')}${piece}`),
  );
}

function patternsOf({ given, values, operands }: Options): readonly string[] {
  if (!given.has('e')) return operands.slice(0, 1);
  return values.flatMap(([letter, value]) => (letter === 'e' ? [value] : []));
}

/** Patterns that are no expressions match nothing: whoever typed them has been told. */
function matcherOf(options: Options, isExtended: boolean): RegExp {
  const { given } = options;
  const matcher = grepMatcher(patternsOf(options), {
    syntax: given.has('F') ? 'fixed' : isExtended ? 'extended' : 'basic',
    isWhole: given.has('x'),
    isWord: given.has('w'),
    ignoresCase: given.has('i'),
  });
  return matcher ?? /(?!)/g;
}

/** Lines around the hits; groups that do not touch are set apart by `--`. */
function withContext(
  { lines, hits }: Searched,
  given: Options['given'],
  place: (index: number, mark: string) => string,
): readonly string[] {
  const around = Number(given.get('C') ?? 0);
  const before = Number(given.get('B') ?? around);
  const after = Number(given.get('A') ?? around);
  const printed: string[] = [];
  let next = 0;
  for (const hit of hits) {
    const from = Math.max(next, hit - before);
    if (before + after > 0 && printed.length > 0 && from > next) printed.push('--');
    for (let index = from; index <= Math.min(hit + after, lines.length - 1); index++) {
      printed.push(`${place(index, hits.includes(index) ? ':' : '-')}${lines[index]}`);
      next = index + 1;
    }
  }
  return printed;
}
