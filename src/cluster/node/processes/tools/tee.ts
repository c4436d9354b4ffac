import { openPath, writeTo } from '../machine/descriptors.ts';
import { take } from './input.ts';
import { readOptions } from './options.ts';
import type { Tool } from './tool.ts';

const usage = 'tee [-ai] [FILE]...';

/** Its files are opened at the start, and written to at their end from then on. */
export const tee: Tool = {
  usage,
  run(io) {
    const options = readOptions(io, usage, { letters: 'ai', long: { append: 'a' } });
    if (!options) return 1;
    const isStart = io.memory === undefined;
    let code = typeof io.memory === 'number' ? io.memory : 0;
    const targets = options.operands.flatMap((path) => {
      const opened = openPath(io.machine, io.task, path, isStart && !options.has('a') ? 'write' : 'append');
      if (typeof opened === 'string') return [opened];
      if (isStart) io.complain(`${path}: ${opened.why}`);
      code = 1;
      return [];
    });
    const descriptor = io.task.fds['0'] ?? 'null';
    const { text, ended, endless } = take(io, descriptor);
    io.out(text);
    for (const target of targets) if (text !== '') writeTo(io.machine, target, text);
    if (ended) return code;
    return { wait: endless ? { until: io.now } : { readable: descriptor }, memory: code };
  },
};
