import { filterLines } from './filter-lines.ts';
import { isOutcome, readAllInputs } from './input.ts';
import { readOptions } from './options.ts';
import type { Tool } from './tool.ts';

export const rev: Tool = {
  usage: 'rev [FILE]...',
  run: (io) =>
    filterLines<null>(io, io.args, {
      start: null,
      line: (state, { text, isWhole }) => ({
        state,
        text: [...text].toReversed().join('') + (isWhole ? '\n' : ''),
      }),
      end: () => ({ code: 0 }),
    }),
};

export const tac: Tool = {
  usage: 'tac [FILE]...',
  run(io) {
    const inputs = readAllInputs(io, io.args);
    if (isOutcome(inputs)) return inputs;
    for (const { text = '' } of inputs) io.out((text.match(/[^\n]*\n|[^\n]+$/g) ?? []).toReversed().join(''));
    return inputs.some((input) => input.text === undefined) ? 1 : 0;
  },
};

export const nl: Tool = {
  usage: 'nl [OPTIONS] [FILE]...',
  run(io) {
    const options = readOptions(io, this.usage, { letters: 'b:w:s:n:v:' });
    if (!options) return 1;
    const all = options.value('b') === 'a';
    const width = Number(options.value('w') ?? 6);
    const separator = options.value('s') ?? '\t';
    return filterLines<number>(io, options.operands, {
      start: 0,
      line(count, { text }) {
        if (text === '' && !all) return { state: count, text: `${' '.repeat(width + separator.length)}\n` };
        return { state: count + 1, text: `${String(count + 1).padStart(width)}${separator}${text}\n` };
      },
      end: () => ({ code: 0 }),
    });
  },
};
