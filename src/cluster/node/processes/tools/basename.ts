import { printUsage } from './options.ts';
import type { Tool } from './tool.ts';

const usage = 'basename FILE [SUFFIX] | -a FILE... | -s SUFFIX FILE...';

export const basename: Tool = {
  usage,
  run(io) {
    const [path, suffix = ''] = io.args;
    if (path === undefined) {
      printUsage(io, usage);
      return 1;
    }
    const trimmed = path.replace(/\/+$/, '');
    const name = trimmed === '' ? path.slice(0, 1) : trimmed.slice(trimmed.lastIndexOf('/') + 1);
    io.out(
      `${suffix !== '' && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name}\n`,
    );
    return 0;
  },
};
