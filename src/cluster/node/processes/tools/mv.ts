import { copyTree, targetOf } from './copy-tree.ts';
import { isGnu, readOptions, refuse } from './options.ts';
import { linkPath, removeTree } from './remove.ts';
import type { Tool, ToolIo } from './tool.ts';

const usage = 'mv [-finT] SOURCE DEST\n   or: mv [-fin] SOURCE... { -t DIRECTORY | DIRECTORY }';

export const mv: Tool = {
  usage,
  run(io) {
    const options = readOptions(io, usage, { letters: 'finTv' });
    if (!options) return 1;
    const sources = options.operands.slice(0, -1);
    const destination = options.operands.at(-1);
    if (destination === undefined || sources.length === 0) {
      refuse(io, usage, 'missing operand');
      return 1;
    }
    return sources.map((source) => move(io, source, destination)).some((code) => code !== 0) ? 1 : 0;
  },
};

function move(io: ToolIo, source: string, destination: string): 0 | 1 {
  const from = linkPath(io, source);
  const to = targetOf(io, source, destination);
  if (from === to && io.files.node(from)) return 0;
  const isInside = to.startsWith(`${from}/`);
  const why = isInside
    ? 'Invalid argument'
    : io.files.isReadOnly(from)
      ? 'Read-only file system'
      : copyTree(io, from, to);
  if (why === undefined) {
    removeTree(io, from);
    return 0;
  }
  io.complain(isGnu(io) ? `cannot stat '${source}': ${why}` : `can't rename '${source}': ${why}`);
  return 1;
}
