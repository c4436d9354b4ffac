import { isGnu, readOptions, refuse } from './options.ts';
import { linkPath, removeTree } from './remove.ts';
import type { Tool, ToolIo } from './tool.ts';

const usage = 'rm [-irf] FILE...';

export const rm: Tool = {
  usage,
  run(io) {
    const options = readOptions(io, usage, { letters: 'irRfv', long: { recursive: 'r', force: 'f' } });
    if (!options) return 1;
    const force = options.has('f');
    if (options.operands.length === 0) {
      if (!force) refuse(io, usage, 'missing operand');
      return force ? 0 : 1;
    }
    let code = 0;
    for (const path of options.operands) {
      const why = whyNotRemoved(io, path, options.has('r') || options.has('R'));
      if (why === undefined || (force && why === 'No such file or directory')) continue;
      code = 1;
      io.complain(failure(io, path, why));
    }
    return code;
  },
};

function whyNotRemoved(io: ToolIo, path: string, recursive: boolean): string | undefined {
  const target = linkPath(io, path);
  const node = io.files.node(target);
  if (!node) return 'No such file or directory';
  if (node.kind === 'directory' && !recursive) return 'Is a directory';
  return removeTree(io, target);
}

function failure(io: ToolIo, path: string, why: string): string {
  if (isGnu(io)) return `cannot remove '${path}': ${why}`;
  return why === 'Is a directory' ? `'${path}' is a directory` : `can't remove '${path}': ${why}`;
}
