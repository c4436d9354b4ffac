import { utf8Length } from '../../objects/base64.ts';
import type { Filter } from '../program.ts';
import type { Options } from './read-options.ts';
import { type Input, joinedText, joinLines, linesOf, textFilter } from './text-filter.ts';

const LINES_DEFAULT = '10';

export const cat: Filter = textFilter({
  name: 'cat',
  options: { flags: 'n' },
  isSteady: () => true,
  run(inputs, { given }) {
    const text = joinedText(inputs);
    if (!given.has('n')) return { stdout: text, exitCode: 0 };
    const lines = linesOf(text).map((line, index) => `${String(index + 1).padStart(6)}\t${line}`);
    return { stdout: joinLines(lines), exitCode: 0 };
  },
});

const END_OPTIONS = { flags: 'q', valued: 'nc', long: { lines: 'n', bytes: 'c', quiet: 'q' }, number: 'n' };

const cannotOpen = (path: string) => `cannot open '${path}' for reading`;

/** `-n -2` leaves out the last two lines. */
export const head: Filter = textFilter({
  name: 'head',
  options: END_OPTIONS,
  missing: cannotOpen,
  isSteady: ({ given, operands }) =>
    !given.has('c') && !given.get('n')?.startsWith('-') && operands.length < 2,
  run(inputs, options) {
    const { given } = options;
    const amount = given.get('c');
    const count = Number(given.get('n') ?? LINES_DEFAULT);
    const beginningOf = ({ text }: Input) =>
      amount === undefined ? joinLines(linesOf(text).slice(0, count)) : text.slice(0, Number(amount));
    const [only] = inputs;
    const isDone = only !== undefined && count >= 0 && linesOf(only.text).length >= count;
    return { stdout: eachWithName(inputs, options, beginningOf), exitCode: 0, isDone };
  },
});

/** `-n +2` begins at the second line. */
export const tail: Filter = textFilter({
  name: 'tail',
  options: END_OPTIONS,
  missing: cannotOpen,
  isSteady: ({ given, operands }) => given.get('n')?.startsWith('+') === true && operands.length < 2,
  run(inputs, options) {
    const amount = options.given.get('c');
    const wanted = amount ?? options.given.get('n') ?? LINES_DEFAULT;
    const from = (length: number) =>
      Math.max(0, wanted.startsWith('+') ? Number(wanted) - 1 : length - Math.abs(Number(wanted)));
    const endOf = ({ text }: Input) => {
      if (amount !== undefined) return text.slice(from(text.length));
      const lines = linesOf(text);
      return joinLines(lines.slice(from(lines.length)));
    };
    return { stdout: eachWithName(inputs, options, endOf), exitCode: 0 };
  },
});

function eachWithName(
  inputs: readonly Input[],
  { given, operands }: Options,
  piece: (input: Input) => string,
): string {
  if (operands.length < 2 || given.has('q')) return inputs.map(piece).join('');
  const named = inputs.map(
    (input) => `==> ${input.name === '-' ? 'standard input' : input.name} <==\n${piece(input)}`,
  );
  return named.join('\n');
}

export const uniq: Filter = textFilter({
  name: 'uniq',
  options: { flags: 'cdu', long: { count: 'c', repeated: 'd', unique: 'u' } },
  isSteady: () => false,
  run(inputs, { given }) {
    const groups: { readonly line: string; count: number }[] = [];
    for (const line of linesOf(joinedText(inputs))) {
      const last = groups.at(-1);
      if (last?.line === line) last.count += 1;
      else groups.push({ line, count: 1 });
    }
    const lines = groups
      .filter(({ count }) => (!given.has('d') || count > 1) && (!given.has('u') || count === 1))
      .map(({ line, count }) => (given.has('c') ? `${String(count).padStart(7)} ${line}` : line));
    return { stdout: joinLines(lines), exitCode: 0 };
  },
});

/** The counts asked for, in wc's order, in columns as wide as the files are long (coreutils: wc.c). */
export const wc: Filter = textFilter({
  name: 'wc',
  options: { flags: 'lwcm', long: { lines: 'l', words: 'w', bytes: 'c', chars: 'm' } },
  isSteady: () => false,
  run(inputs, { given }) {
    const rows = inputs.map(({ name, text }) => ({ name, counts: countsOf(text, given) }));
    if (rows.length > 1) {
      const total = rows[0]?.counts.map((_count, index) =>
        rows.reduce((sum, { counts }) => sum + (counts[index] ?? 0), 0),
      );
      rows.push({ name: 'total', counts: total ?? [] });
    }
    const width = widthOf(inputs, rows[0]?.counts.length ?? 0);
    const lines = rows.map(({ name, counts }) => {
      const cells = counts.map((count) => String(count).padStart(width));
      return [...cells, ...(name === undefined ? [] : [name])].join(' ');
    });
    return { stdout: joinLines(lines), exitCode: 0 };
  },
});

function countsOf(text: string, given: ReadonlyMap<string, string>): readonly number[] {
  const counts: readonly (readonly [string, number])[] = [
    ['l', text.split('\n').length - 1],
    ['w', text.split(/\s+/).filter((word) => word !== '').length],
    ['m', [...text].length],
    ['c', utf8Length(text)],
  ];
  const isWanted = (letter: string) => (given.size === 0 ? letter !== 'm' : given.has(letter));
  return counts.filter(([letter]) => isWanted(letter)).map(([, count]) => count);
}

/** Of a pipe it cannot know how long the numbers will be. */
const PIPE_WIDTH = 7;

function widthOf(inputs: readonly Input[], countsEach: number): number {
  if (inputs.length === 1 && countsEach === 1) return 1;
  const size = inputs.reduce((sum, { text }) => sum + utf8Length(text), 0);
  return Math.max(String(size).length, inputs.some(({ isFile }) => !isFile) ? PIPE_WIDTH : 1);
}
