import { printUsage } from './options.ts';
import type { Tool } from './tool.ts';

const usage = 'dirname FILENAME';

export const dirname: Tool = {
  usage,
  run(io) {
    const [path] = io.args;
    if (path === undefined) {
      printUsage(io, usage);
      return 1;
    }
    const trimmed = path.replace(/\/+$/, '');
    const at = trimmed.lastIndexOf('/');
    const directory = trimmed.slice(0, at).replace(/\/+$/, '');
    io.out(`${trimmed === '' && path !== '' ? '/' : at < 0 ? '.' : directory || '/'}\n`);
    return 0;
  },
};
