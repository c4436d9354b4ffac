import type { Filter } from '../program.ts';
import type { Options } from './read-options.ts';
import { joinLines, linesOf, type TextTool, textFilter } from './text-filter.ts';

const tool: TextTool = {
  name: 'grep',
  options: {
    flags: 'ivcqwoEFnhx',
    valued: 'eABCm',
    long: { 'ignore-case': 'i', 'invert-match': 'v', count: 'c' },
  },
  leading: 1,
  isSteady: ({ given }) => ['c', 'q', 'A', 'B', 'C', 'm'].every((option) => !given.has(option)),
  refusal: (options) => (patternOf(options) === undefined ? 'no pattern is given' : undefined),
  run(input, options) {
    const { given } = options;
    const matcher = new RegExp(source(patternOf(options) ?? '', options), given.has('i') ? 'giu' : 'gu');
    const isWanted = (line: string) => line.search(matcher) >= 0 !== given.has('v');
    const lines = linesOf(input);
    const limit = Number(given.get('m') ?? Number.POSITIVE_INFINITY);
    const hits = lines.flatMap((line, index) => (isWanted(line) ? [index] : [])).slice(0, limit);
    const exitCode = hits.length === 0 ? 1 : 0;
    if (given.has('q')) return { stdout: '', exitCode };
    if (given.has('c')) return { stdout: `${hits.length}\n`, exitCode };
    const printed = given.has('o') ? pieces(lines, hits, matcher) : withContext(lines, hits, options);
    return { stdout: joinLines(printed), exitCode };
  },
};

export const grep: Filter = textFilter(tool);
export const egrep: Filter = textFilter({
  ...tool,
  name: 'egrep',
  run: (input, options) => tool.run(input, { ...options, given: new Map([...options.given, ['E', '']]) }),
});

/** With -e the first operand is a file already; that is rare enough in a pipe to leave it out. */
function patternOf({ given, operands }: Options): string | undefined {
  return given.get('e') ?? operands[0];
}

function source(pattern: string, { given }: Options): string {
  const text = given.has('F')
    ? pattern.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
    : given.has('E')
      ? pattern
      : extendedOfBasic(pattern);
  const alternatives = `(?:${text})`;
  if (given.has('x')) return `^${alternatives}$`;
  return given.has('w') ? `\\b${alternatives}\\b` : alternatives;
}

/**
 * In a basic expression `\|`, `\+`, `\(` are the operators and `|`, `+`, `(` are themselves (POSIX; GNU
 * grep).
 */
function extendedOfBasic(pattern: string): string {
  return pattern.replace(/\\(.)|\[[^\]]*\]|[?+|(){}]/g, (part, escaped: string | undefined) => {
    if (escaped !== undefined) return '?+|(){}'.includes(escaped) ? escaped : part;
    return part.length > 1 ? part : `\\${part}`;
  });
}

function pieces(lines: readonly string[], hits: readonly number[], matcher: RegExp): readonly string[] {
  return hits.flatMap((index) => (lines[index] ?? '').match(matcher) ?? []);
}

/** Lines around the hits; groups that do not touch are set apart by `--`. */
function withContext(
  lines: readonly string[],
  hits: readonly number[],
  { given }: Options,
): readonly string[] {
  const around = Number(given.get('C') ?? 0);
  const before = Number(given.get('B') ?? around);
  const after = Number(given.get('A') ?? around);
  const numbered = (index: number, mark: string) =>
    given.has('n') ? `${index + 1}${mark}${lines[index]}` : (lines[index] ?? '');
  const printed: string[] = [];
  let next = 0;
  for (const hit of hits) {
    const from = Math.max(next, hit - before);
    if (before + after > 0 && printed.length > 0 && from > next) printed.push('--');
    for (let index = from; index <= Math.min(hit + after, lines.length - 1); index++) {
      if (index < next) continue;
      printed.push(numbered(index, hits.includes(index) ? ':' : '-'));
      next = index + 1;
    }
  }
  return printed;
}
