import type { Filter } from '../program.ts';
import { joinLines, linesOf, textFilter } from './text-filter.ts';

export const cut: Filter = textFilter({
  name: 'cut',
  options: { flags: 's', valued: 'dfc', long: { delimiter: 'd', fields: 'f', characters: 'c' } },
  isSteady: () => true,
  refusal: ({ given }) =>
    given.has('f') || given.has('c') ? undefined : 'you must specify a list of fields',
  run(input, { given }) {
    const delimiter = given.get('d') ?? '\t';
    const lines = linesOf(input).map((line) => {
      const characters = given.get('c');
      if (characters !== undefined) return pick([...line], characters).join('');
      const fields = line.split(delimiter);
      return fields.length === 1 ? line : pick(fields, given.get('f') ?? '').join(delimiter);
    });
    return { stdout: joinLines(lines), exitCode: 0 };
  },
});

/** `1,3-5,7-`: the items in their own order. */
function pick(items: readonly string[], list: string): readonly string[] {
  const ranges = list.split(',').map((part) => {
    const [from = '', to = from] = part.split('-');
    return [Number(from || 1), to === '' ? items.length : Number(to)] as const;
  });
  return items.filter((_item, index) => ranges.some(([from, to]) => index + 1 >= from && index + 1 <= to));
}

export const tr: Filter = textFilter({
  name: 'tr',
  options: { flags: 'ds' },
  leading: 2,
  isSteady: () => true,
  run(input, { given, operands }) {
    const from = characters(operands[0] ?? '');
    const to = characters(operands[1] ?? '');
    let stdout = '';
    for (const character of input) {
      const place = from.indexOf(character);
      const next =
        place < 0 ? character : given.has('d') ? '' : (to[Math.min(place, to.length - 1)] ?? character);
      if (given.has('s') && place >= 0 && stdout.endsWith(next)) continue;
      stdout += next;
    }
    return { stdout, exitCode: 0 };
  },
});

function characters(set: string): readonly string[] {
  const written = set.replace(/\\(.)/g, (_match, letter: string) => ({ n: '\n', t: '\t' })[letter] ?? letter);
  const found: string[] = [];
  for (let index = 0; index < written.length; index++) {
    const first = written.charCodeAt(index);
    const isRange = written[index + 1] === '-' && index + 2 < written.length;
    const last = isRange ? written.charCodeAt(index + 2) : first;
    for (let code = first; code <= last; code++) found.push(String.fromCharCode(code));
    if (isRange) index += 2;
  }
  return found;
}

/**
 * awk as people use it behind kubectl: `{print $1, $3}`, with a condition on the line's number or a pattern.
 */
export const awk: Filter = textFilter({
  name: 'awk',
  options: { flags: '', valued: 'F' },
  leading: 1,
  isSteady: () => true,
  refusal: ({ operands }) =>
    readProgram(operands[0] ?? '') === undefined ? 'only `condition {print $1, $2}` is simulated' : undefined,
  run(input, { given, operands }) {
    const program = readProgram(operands[0] ?? '');
    const separator = given.get('F');
    const lines = linesOf(input).flatMap((line, index) => {
      if (program === undefined || !program.accepts(line, index + 1)) return [];
      const fields = separator === undefined ? line.trim().split(/\s+/) : line.split(separator);
      return [program.print(line, fields)];
    });
    return { stdout: joinLines(lines), exitCode: 0 };
  },
});

interface AwkProgram {
  accepts(line: string, number: number): boolean;
  print(line: string, fields: readonly string[]): string;
}

function readProgram(text: string): AwkProgram | undefined {
  const parts =
    /^\s*(?:NR\s*(==|!=|>=|<=|>|<)\s*(\d+)|\/((?:[^/\\]|\\.)*)\/)?\s*(?:\{\s*print\b([^}]*)\})?\s*$/.exec(
      text,
    );
  if (parts === null || text.trim() === '') return undefined;
  const [, operator, number, pattern, list = ''] = parts;
  const items = list.split(',').map((item) => item.match(/"[^"]*"|\$\w+/g) ?? []);
  if (list.replace(/"[^"]*"|\$(?:\d+|NF)|[\s,]/g, '') !== '') return undefined;
  return {
    accepts(line, lineNumber) {
      if (pattern !== undefined) return new RegExp(pattern, 'u').test(line);
      return operator === undefined || compares(lineNumber, operator, Number(number));
    },
    print: (line, fields) =>
      list.trim() === ''
        ? line
        : items.map((item) => item.map((word) => fieldText(word, line, fields)).join('')).join(' '),
  };
}

function fieldText(word: string, line: string, fields: readonly string[]): string {
  if (word.startsWith('"')) return word.slice(1, -1).replaceAll('\\t', '\t').replaceAll('\\n', '\n');
  if (word === '$0') return line;
  return (word === '$NF' ? fields.at(-1) : fields[Number(word.slice(1)) - 1]) ?? '';
}

function compares(a: number, operator: string, b: number): boolean {
  switch (operator) {
    case '==':
      return a === b;
    case '!=':
      return a !== b;
    case '>':
      return a > b;
    case '<':
      return a < b;
    case '>=':
      return a >= b;
    default:
      return a <= b;
  }
}
