import { compareText } from '../../objects/json.ts';
import type { Filter } from '../program.ts';
import { joinLines, linesOf, textFilter } from './text-filter.ts';

/** Sorts in code-unit order (LC_ALL=C), by the whole line or from a field on. */
export const sort: Filter = textFilter({
  name: 'sort',
  options: { flags: 'nrub', valued: 'kt', long: { reverse: 'r', unique: 'u', 'numeric-sort': 'n' } },
  isSteady: () => false,
  run(input, { given }) {
    const [key = '1', order = ''] = (given.get('k') ?? '').split(/(?=[nr]+$)/);
    const isNumeric = given.has('n') || order.includes('n');
    const sign = given.has('r') || order.includes('r') ? -1 : 1;
    const [from = 1, to] = key.split(',').map((field) => Number.parseInt(field, 10) || 1);
    const separator = given.get('t');
    const keyOf = (line: string) => (given.has('k') ? fieldsOf(line, separator, [from, to]) : line);
    const compared = (a: string, b: string) => {
      const byKey = isNumeric
        ? leadingNumber(keyOf(a)) - leadingNumber(keyOf(b))
        : compareText(keyOf(a), keyOf(b));
      return sign * (byKey || compareText(a, b));
    };
    const sorted = [...linesOf(input)].sort(compared);
    const lines = given.has('u') ? sorted.filter((line, index) => line !== sorted[index - 1]) : sorted;
    return { stdout: joinLines(lines), exitCode: 0 };
  },
});

function fieldsOf(
  line: string,
  separator: string | undefined,
  [from, to]: readonly (number | undefined)[],
): string {
  const fields = separator === undefined ? line.trim().split(/\s+/) : line.split(separator);
  return fields.slice((from ?? 1) - 1, to).join(separator ?? ' ');
}

function leadingNumber(text: string): number {
  return Number.parseFloat(text) || 0;
}
