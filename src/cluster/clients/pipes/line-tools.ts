import { utf8Length } from '../../objects/base64.ts';
import type { Filter } from '../program.ts';
import { joinLines, linesOf, textFilter } from './text-filter.ts';

const LINES_DEFAULT = '10';

export const cat: Filter = textFilter({
  name: 'cat',
  options: { flags: '' },
  isSteady: () => true,
  run: (input) => ({ stdout: input, exitCode: 0 }),
});

export const head: Filter = textFilter({
  name: 'head',
  options: { flags: '', valued: 'n', long: { lines: 'n' }, number: 'n' },
  isSteady: ({ given }) => !given.get('n')?.startsWith('-'),
  run(input, { given }) {
    const count = Number(given.get('n') ?? LINES_DEFAULT);
    const lines = linesOf(input);
    const stdout = joinLines(lines.slice(0, count));
    return { stdout, exitCode: 0, isDone: count >= 0 && lines.length >= count };
  },
});

/** `-n +2` begins at the second line. */
export const tail: Filter = textFilter({
  name: 'tail',
  options: { flags: '', valued: 'n', long: { lines: 'n' }, number: 'n' },
  isSteady: ({ given }) => given.get('n')?.startsWith('+') === true,
  run(input, { given }) {
    const wanted = given.get('n') ?? LINES_DEFAULT;
    const lines = linesOf(input);
    const from = wanted.startsWith('+') ? Number(wanted) - 1 : lines.length - Math.abs(Number(wanted));
    return { stdout: joinLines(lines.slice(Math.max(0, from))), exitCode: 0 };
  },
});

export const uniq: Filter = textFilter({
  name: 'uniq',
  options: { flags: 'c' },
  isSteady: () => false,
  run(input, { given }) {
    const groups: { readonly line: string; count: number }[] = [];
    for (const line of linesOf(input)) {
      const last = groups.at(-1);
      if (last?.line === line) last.count += 1;
      else groups.push({ line, count: 1 });
    }
    const lines = groups.map(({ line, count }) =>
      given.has('c') ? `${String(count).padStart(7)} ${line}` : line,
    );
    return { stdout: joinLines(lines), exitCode: 0 };
  },
});

/** Of one input: the counts asked for, in wc's order; alone a count has no padding (coreutils: wc.c). */
export const wc: Filter = textFilter({
  name: 'wc',
  options: { flags: 'lwc', long: { lines: 'l', words: 'w', bytes: 'c' } },
  isSteady: () => false,
  run(input, { given, operands }) {
    const counts: readonly (readonly [string, number])[] = [
      ['l', input.split('\n').length - 1],
      ['w', input.split(/\s+/).filter((word) => word !== '').length],
      ['c', utf8Length(input)],
    ];
    const wanted = counts
      .filter(([letter]) => given.size === 0 || given.has(letter))
      .map(([, count]) => `${count}`);
    const text = wanted.length === 1 ? wanted.join('') : wanted.map((count) => count.padStart(7)).join(' ');
    const [file] = operands;
    return { stdout: `${text}${file === undefined ? '' : ` ${file}`}\n`, exitCode: 0 };
  },
});
