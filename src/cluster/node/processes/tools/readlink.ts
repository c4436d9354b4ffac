import { absolutePath } from '../files/paths.ts';
import { readOptions } from './options.ts';
import { linkPath } from './remove.ts';
import type { Tool } from './tool.ts';

const usage = 'readlink [-fnv] FILE';

export const readlink: Tool = {
  usage,
  run(io) {
    const options = readOptions(io, usage, { letters: 'fnveqm' });
    if (!options) return 1;
    const path = options.operands[0] ?? '';
    const node = io.files.node(linkPath(io, path));
    const target = options.has('f')
      ? io.files.resolve(absolutePath(path, io.task.cwd), '/')
      : node?.kind === 'link'
        ? node.content
        : undefined;
    if (target === undefined) return 1;
    io.out(`${target}${options.has('n') ? '' : '\n'}`);
    return 0;
  },
};

export const realpath: Tool = {
  usage: 'realpath FILE...',
  run(io) {
    let code = 0;
    for (const path of io.args) {
      const resolved = io.files.resolve(path, io.task.cwd);
      if (resolved !== undefined && io.files.node(resolved)) io.out(`${resolved}\n`);
      else {
        io.complain(`${path}: No such file or directory`);
        code = 1;
      }
    }
    return code;
  },
};
