import type { Options } from '../../../tools/option-words.ts';
import type { Json } from '../process-state.ts';
import { filterLines } from './filter-lines.ts';
import { readOptions } from './options.ts';
import type { Tool } from './tool.ts';

const usage = 'uniq [-cduiz] [-f,s,w N] [FILE [OUTFILE]]';

interface UniqState {
  [key: string]: Json;
  line: string;
  count: number;
}

export const uniq: Tool = {
  usage,
  run(io) {
    const options = readOptions(io, usage, { letters: 'cdiuf:s:w:z' });
    if (!options) return 1;
    const key = (line: string): string => (options.has('i') ? line.toLowerCase() : line);
    return filterLines<UniqState>(io, options.operands.slice(0, 1), {
      start: { line: '', count: 0 },
      line(state, { text }) {
        if (state.count > 0 && key(state.line) === key(text))
          return { state: { ...state, count: state.count + 1 } };
        return { state: { line: text, count: 1 }, text: shown(state, options) };
      },
      end: (state) => ({ text: shown(state, options), code: 0 }),
    });
  },
};

function shown({ line, count }: UniqState, options: Options): string {
  if (count === 0 || (options.has('d') && count === 1) || (options.has('u') && count > 1)) return '';
  return options.has('c') ? `${String(count).padStart(7)} ${line}\n` : `${line}\n`;
}
