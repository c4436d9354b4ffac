import { formatPrintf } from '../../../tools/printf-text.ts';
import { printUsage } from './options.ts';
import type { Tool } from './tool.ts';

const usage = 'printf FORMAT [ARG]...';

export const printf: Tool = {
  usage,
  run(io) {
    const [format, ...args] = io.args[0] === '--' ? io.args.slice(1) : io.args;
    if (format === undefined) {
      printUsage(io, usage);
      return 1;
    }
    const { text, problems, code } = formatPrintf(format, args);
    for (const problem of problems) io.complain(problem);
    io.out(text);
    return code;
  },
};
