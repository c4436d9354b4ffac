import { formatPrintf } from '../../../tools/printf-text.ts';
import { printUsage, readOptions } from './options.ts';
import type { Tool } from './tool.ts';

const usage = 'seq [-w] [-s SEP] [FIRST [INC]] LAST';
const MOST = 100_000;

export const seq: Tool = {
  usage,
  run(io) {
    // Negative numbers are operands.
    const args =
      io.args.some((arg) => /^-[\d.]/.test(arg)) && !io.args.includes('--') ? ['--', ...io.args] : io.args;
    const options = readOptions({ ...io, args }, usage, { letters: 'ws:f:' });
    if (!options) return 1;
    const numbers = options.operands.map(Number);
    const bad = options.operands.find((_, index) => Number.isNaN(numbers[index]));
    if (bad !== undefined) {
      io.complain(`invalid number '${bad}'`);
      return 1;
    }
    if (numbers.length === 0) {
      printUsage(io, usage);
      return 1;
    }
    const last = numbers.at(-1) ?? 0;
    const first = numbers.length > 1 ? (numbers[0] ?? 1) : 1;
    const step = numbers.length > 2 ? (numbers[1] ?? 1) : 1;
    const places = Math.max(...options.operands.map((text) => text.split('.')[1]?.length ?? 0));
    const values: string[] = [];
    for (let index = 0; index < MOST && step !== 0; index += 1) {
      const value = first + index * step;
      if (step > 0 ? value > last + 1e-9 : value < last - 1e-9) break;
      values.push(value.toFixed(places));
    }
    const width = options.has('w') ? Math.max(...values.map((value) => value.length)) : 0;
    const format = options.value('f');
    const shown = values.map((value) =>
      format === undefined ? value.padStart(width, '0') : formatPrintf(format, [value]).text,
    );
    if (shown.length > 0) io.out(`${shown.join(options.value('s') ?? '\n')}\n`);
    return 0;
  },
};
