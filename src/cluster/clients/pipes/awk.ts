import { type AwkRule, parseAwk } from '../../tools/awk-script.ts';
import { runAwk, startAwk } from '../../tools/run-awk.ts';
import type { Filter } from '../program.ts';
import { joinedText, linesOf, textFilter } from './text-filter.ts';

/**
 * awk as people use it behind kubectl: `NR > 1 && $3 == "Running" {print $1, $NF}`, sums, `BEGIN` and `END`.
 */
export const awk: Filter = textFilter({
  name: 'awk',
  options: { flags: '', valued: 'Fv' },
  leading: () => 1,
  isSteady: ({ operands }) => rulesOf(operands).every(({ when }) => when === 'line'),
  refusal({ operands }) {
    const rules = parseAwk(operands[0] ?? '');
    return typeof rules === 'string' ? `${rules} in its program` : undefined;
  },
  run(inputs, { given, values, operands }) {
    const rules = rulesOf(operands);
    const assignments = values.flatMap(([letter, value]) => (letter === 'v' ? [value] : []));
    const begun = runAwk(rules, 'begin', startAwk(given.get('F'), assignments));
    let { state, text: stdout } = begun;
    for (const line of linesOf(joinedText(inputs))) {
      const next = runAwk(rules, 'line', { ...state, number: state.number + 1, line });
      state = next.state;
      stdout += next.text;
    }
    return { stdout: stdout + runAwk(rules, 'end', state).text, exitCode: 0 };
  },
});

function rulesOf(operands: readonly string[]): readonly AwkRule[] {
  const rules = parseAwk(operands[0] ?? '');
  return typeof rules === 'string' ? [] : rules;
}
