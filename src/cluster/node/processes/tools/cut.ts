import { filterLines } from './filter-lines.ts';
import { readOptions } from './options.ts';
import type { Tool } from './tool.ts';

const usage = 'cut [OPTIONS] [FILE]...';

export const cut: Tool = {
  usage,
  run(io) {
    const long = { fields: 'f', delimiter: 'd', characters: 'c', bytes: 'b', 'only-delimited': 's' };
    const options = readOptions(io, usage, { letters: 'b:c:d:f:snF:O:', long });
    if (!options) return 1;
    const list = options.value('f') ?? options.value('c') ?? options.value('b');
    if (list === undefined) {
      io.complain('expected a list of bytes, characters, or fields');
      return 1;
    }
    const ranges = list.split(',').map(rangeOf);
    const picks = (index: number): boolean => ranges.some(([from, to]) => index >= from && index <= to);
    const delimiter = options.value('d') ?? '\t';
    return filterLines<null>(io, options.operands, {
      start: null,
      line(state, { text }) {
        if (!options.has('f'))
          return { state, text: `${[...text].filter((_, index) => picks(index + 1)).join('')}\n` };
        if (!text.includes(delimiter)) return { state, text: options.has('s') ? '' : `${text}\n` };
        return {
          state,
          text: `${text
            .split(delimiter)
            .filter((_, index) => picks(index + 1))
            .join(delimiter)}\n`,
        };
      },
      end: () => ({ code: 0 }),
    });
  },
};

/** `3`, `2-4`, `2-`, `-4`. */
function rangeOf(text: string): readonly [from: number, to: number] {
  const [first = '', last] = text.split('-');
  const from = first === '' ? 1 : Number(first);
  return [from, last === undefined ? from : last === '' ? Number.POSITIVE_INFINITY : Number(last)];
}
