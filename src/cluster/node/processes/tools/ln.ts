import type { Options } from '../../../tools/option-words.ts';
import { whyNotWritable } from '../files/file-view.ts';
import { childOf, nameOf } from '../files/paths.ts';
import { readOptions, refuse } from './options.ts';
import { linkPath } from './remove.ts';
import type { Tool, ToolIo } from './tool.ts';

const usage = 'ln [-sfnbtv] [-S SUF] TARGET... LINK|DIR';

export const ln: Tool = {
  usage,
  run(io) {
    const options = readOptions(io, usage, { letters: 'sfnbvTr', long: { symbolic: 's', force: 'f' } });
    if (!options) return 1;
    const [target, given] = options.operands;
    if (target === undefined) {
      refuse(io, usage, 'missing operand');
      return 1;
    }
    const path = linkPath(io, given ?? nameOf(target));
    const isDirectory = io.files.node(path)?.kind === 'directory' && !options.has('n');
    return link(io, { target, path: isDirectory ? childOf(path, nameOf(target)) : path }, options);
  },
};

function link(io: ToolIo, { target, path }: { target: string; path: string }, options: Options): 0 | 1 {
  const existing = io.files.node(path);
  const why = existing && !options.has('f') ? 'File exists' : whyNotWritable(io.files, path);
  if (why !== undefined) {
    io.complain(`${path}: ${why}`);
    return 1;
  }
  if (options.has('s')) {
    io.files.write(path, { kind: 'link', mode: 0o777, content: target });
    return 0;
  }
  const node = io.files.node(io.files.resolve(target, io.task.cwd) ?? target);
  if (node?.kind !== 'file') {
    io.complain(`${target}: ${node ? 'Operation not permitted' : 'No such file or directory'}`);
    return 1;
  }
  const { modifiedAt: _, ...copy } = node;
  io.files.write(path, copy);
  return 0;
}
