import { whyNotWritable } from '../files/file-view.ts';
import { absolutePath, parentOf } from '../files/paths.ts';
import { isGnu, readOptions, refuse } from './options.ts';
import type { Tool, ToolIo } from './tool.ts';

const usage = 'mkdir [-m MODE] [-p] DIRECTORY...';

export const mkdir: Tool = {
  usage,
  run(io) {
    const options = readOptions(io, usage, { letters: 'm:pv', long: { parents: 'p', mode: 'm' } });
    if (!options) return 1;
    if (options.operands.length === 0) {
      refuse(io, usage, 'missing operand');
      return 1;
    }
    const mode = Number.parseInt(options.value('m') ?? '755', 8) || 0o755;
    let code = 0;
    for (const path of options.operands) {
      const why = make(io, path, { mode, parents: options.has('p') });
      if (why === undefined) continue;
      const quoted = isGnu(io) ? `cannot create directory ‘${path}’` : `can't create directory '${path}'`;
      io.complain(`${quoted}: ${why}`);
      code = 1;
    }
    return code;
  },
};

function make(io: ToolIo, path: string, how: { mode: number; parents: boolean }): string | undefined {
  const resolved = io.files.resolve(absolutePath(path, io.task.cwd), '/') ?? path;
  const node = io.files.node(resolved);
  if (node) return how.parents && node.kind === 'directory' ? undefined : 'File exists';
  if (how.parents && !io.files.node(parentOf(resolved))) {
    const why = make(io, parentOf(resolved), { ...how, mode: 0o755 });
    if (why !== undefined) return why;
  }
  const why = whyNotWritable(io.files, resolved);
  if (why === undefined) io.files.write(resolved, { kind: 'directory', mode: how.mode });
  return why;
}
