import type { Filter } from '../program.ts';
import { joinedText, joinLines, linesOf, textFilter } from './text-filter.ts';

export const cut: Filter = textFilter({
  name: 'cut',
  options: { flags: 's', valued: 'dfc', long: { delimiter: 'd', fields: 'f', characters: 'c' } },
  isSteady: () => true,
  refusal: ({ given }) =>
    given.has('f') || given.has('c') ? undefined : 'you must specify a list of fields',
  run(inputs, { given }) {
    const delimiter = given.get('d') ?? '\t';
    const lines = linesOf(joinedText(inputs)).map((line) => {
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
  leading: () => Number.POSITIVE_INFINITY,
  isSteady: () => true,
  run(inputs, { given, operands }) {
    const from = characters(operands[0] ?? '');
    const to = characters(operands[1] ?? '');
    let stdout = '';
    for (const character of joinedText(inputs)) {
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
