import { filterLines } from './filter-lines.ts';
import { openSource, take } from './input.ts';
import { readOptions } from './options.ts';
import type { Tool, ToolIo, ToolOutcome } from './tool.ts';

const usage = 'cat [-nbvteA] [FILE]...';

export const cat: Tool = {
  usage,
  run(io) {
    const options = readOptions(io, usage, { letters: 'nbvteAsEuT' });
    if (!options) return 1;
    if (options.has('n') || options.has('b')) return numbered(io, options.operands, options.has('b'));
    return copyAll(io, options.operands.length > 0 ? options.operands : ['-']);
  },
};

interface CatMemory {
  readonly file: number;
  readonly code: number;
}

function copyAll(io: ToolIo, paths: readonly string[]): ToolOutcome {
  const memory = io.memory as unknown as CatMemory | undefined;
  let { file, code } = memory ?? { file: 0, code: 0 };
  for (; file < paths.length; file += 1) {
    const source = openSource(io, paths[file] ?? '-');
    if (!source) {
      code = 1;
      continue;
    }
    const { text, ended, endless } = take(io, source.descriptor);
    if (endless && io.task.fds['1'] === 'null') return { wait: { cpus: 1 }, memory: null };
    io.out(text);
    if (!ended)
      return { wait: endless ? { until: io.now } : { readable: source.descriptor }, memory: { file, code } };
  }
  return code;
}

function numbered(io: ToolIo, operands: readonly string[], onlyFilled: boolean): ToolOutcome {
  return filterLines<number>(io, operands, {
    start: 0,
    line(count, { text, isWhole }) {
      const newline = isWhole ? '\n' : '';
      if (onlyFilled && text === '') return { state: count, text: newline };
      return { state: count + 1, text: `${String(count + 1).padStart(6)}\t${text}${newline}` };
    },
    end: () => ({ code: 0 }),
  });
}
