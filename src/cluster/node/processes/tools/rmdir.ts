import { isGnu, readOptions } from './options.ts';
import { linkPath } from './remove.ts';
import type { Tool } from './tool.ts';

const usage = 'rmdir [-p] DIRECTORY...';

export const rmdir: Tool = {
  usage,
  run(io) {
    const options = readOptions(io, usage, { letters: 'p' });
    if (!options) return 1;
    let code = 0;
    for (const path of options.operands) {
      const target = linkPath(io, path);
      const node = io.files.node(target);
      const why = !node
        ? 'No such file or directory'
        : node.kind !== 'directory'
          ? 'Not a directory'
          : io.files.list(target).length > 0
            ? 'Directory not empty'
            : undefined;
      if (why === undefined) {
        io.files.remove(target);
        continue;
      }
      io.complain(isGnu(io) ? `failed to remove '${path}': ${why}` : `'${path}': ${why}`);
      code = 1;
    }
    return code;
  },
};
