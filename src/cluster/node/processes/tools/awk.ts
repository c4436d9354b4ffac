import { parseAwk } from '../../../tools/awk-script.ts';
import { type AwkState, runAwk, startAwk } from '../../../tools/run-awk.ts';
import { filterLines } from './filter-lines.ts';
import { notSimulated, readOptions, refuse } from './options.ts';
import type { Tool } from './tool.ts';

const usage = 'awk [OPTIONS] [AWK_PROGRAM] [FILE]...';

/**
 * The part that is used on one line: patterns, `print` and `printf` of fields and texts, sums, `BEGIN` and
 * `END`.
 */
export const awk: Tool = {
  usage,
  run(io) {
    const options = readOptions(io, usage, { letters: 'F:v:f:', stopsEarly: true });
    if (!options) return 1;
    const [source, ...files] = options.operands;
    if (source === undefined) {
      refuse(io, usage, 'no program');
      return 1;
    }
    const rules = parseAwk(source);
    if (typeof rules === 'string') return notSimulated(io, rules);
    let start = startAwk(options.value('F'), options.values('v'));
    let before = '';
    if (io.memory === undefined) {
      const begun = runAwk(rules, 'begin', start);
      start = begun.state;
      before = begun.text;
    }
    io.out(before);
    if (rules.every((rule) => rule.when === 'begin')) return 0;
    return filterLines<AwkState>(io, files, {
      start,
      line: (state, { text }) => runAwk(rules, 'line', { ...state, number: state.number + 1, line: text }),
      end: (state) => ({ text: runAwk(rules, 'end', state).text, code: 0 }),
    });
  },
};
