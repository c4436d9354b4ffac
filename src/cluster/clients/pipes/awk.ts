import type { Filter } from '../program.ts';
import { type AwkRecord, type AwkRule, readAwk } from './read-awk.ts';
import { joinedText, joinLines, linesOf, textFilter } from './text-filter.ts';

/** awk as people use it behind kubectl: `NR > 1 && $3 == "Running" {print $1, $NF}`. */
export const awk: Filter = textFilter({
  name: 'awk',
  options: { flags: '', valued: 'F' },
  leading: () => 1,
  isSteady: ({ operands }) => readAwk(operands[0] ?? '')?.every(({ when }) => when === 'line') === true,
  refusal: ({ operands }) =>
    readAwk(operands[0] ?? '') === undefined ? 'only `condition {print $1, $2}` is simulated' : undefined,
  run(inputs, { given, operands }) {
    const rules = readAwk(operands[0] ?? '') ?? [];
    const records = linesOf(joinedText(inputs)).map((line, index) => ({
      line,
      number: index + 1,
      fields: fieldsOf(line, given.get('F')),
    }));
    const nothing: AwkRecord = { line: '', number: 0, fields: [] };
    const lines = [
      ...printed(rules, 'begin', [nothing]),
      ...printed(rules, 'line', records),
      ...printed(rules, 'end', [records.at(-1) ?? nothing]),
    ];
    return { stdout: joinLines(lines), exitCode: 0 };
  },
});

function printed(
  rules: readonly AwkRule[],
  when: AwkRule['when'],
  records: readonly AwkRecord[],
): readonly string[] {
  const due = rules.filter((rule) => rule.when === when);
  return records.flatMap((record) =>
    due.filter((rule) => rule.accepts(record)).map((rule) => rule.print(record)),
  );
}

/** One blank means any blanks; any other text of more than one character is a pattern (POSIX awk). */
function fieldsOf(line: string, separator = ' '): readonly string[] {
  if (separator === ' ') return line.trim() === '' ? [] : line.trim().split(/\s+/);
  if (line === '') return [];
  return separator.length === 1 ? line.split(separator) : line.split(new RegExp(separator, 'u'));
}
