import { NO_SUCH } from '../../images/image-behaviour.ts';
import { whyNotWritable } from '../files/file-view.ts';
import { openPath, readable, writeTo } from '../machine/descriptors.ts';
import { copyTree, targetOf } from './copy-tree.ts';
import { isGnu, readOptions, refuse } from './options.ts';
import type { Tool, ToolIo } from './tool.ts';

const usage =
  'cp [-arPLHpfinlsTu] SOURCE DEST\n   or: cp [-arPLHpfinlsu] SOURCE... { -t DIRECTORY | DIRECTORY }';

export const cp: Tool = {
  usage,
  run(io) {
    const options = readOptions(io, usage, {
      letters: 'arRPLHpfinlsTuvd',
      long: { recursive: 'r', 'no-clobber': 'n' },
    });
    if (!options) return 1;
    const sources = options.operands.slice(0, -1);
    const destination = options.operands.at(-1);
    if (destination === undefined || sources.length === 0) {
      refuse(io, usage, 'missing operand');
      return 1;
    }
    const recursive = ['a', 'r', 'R'].some((letter) => options.has(letter));
    return sources.map((source) => copyOne(io, source, destination, recursive)).some((code) => code !== 0)
      ? 1
      : 0;
  },
};

function copyOne(io: ToolIo, source: string, destination: string, recursive: boolean): 0 | 1 {
  const from = io.files.resolve(source, io.task.cwd) ?? source;
  const node = io.files.node(from);
  if (from.startsWith('/dev/') || destination.startsWith('/dev/')) return copyDevice(io, source, destination);
  if (!node && isOfImage(io, from)) return copyUnknown(io, source, destination);
  if (!node) {
    io.complain(`${isGnu(io) ? 'cannot' : "can't"} stat '${source}': No such file or directory`);
    return 1;
  }
  if (node.kind === 'directory' && !recursive) {
    io.complain(
      isGnu(io) ? `-r not specified; omitting directory '${source}'` : `omitting directory '${source}'`,
    );
    return 1;
  }
  const isMissing =
    destination.endsWith('/') && !io.files.node(io.files.resolve(destination, io.task.cwd) ?? '');
  const why = isMissing ? 'Is a directory' : copyTree(io, from, targetOf(io, source, destination));
  if (why === undefined) return 0;
  io.complain(`${isGnu(io) ? 'cannot create regular file' : "can't create"} '${destination}': ${why}`);
  return 1;
}

/** Of an image that is not known, any file may be there where no volume is. */
function isOfImage({ machine }: ToolIo, path: string): boolean {
  const { image, mounts = [] } = machine.host;
  const isMounted = mounts.some((mount) => path === mount.path || path.startsWith(`${mount.path}/`));
  return (image.isUnknown || image.hasMore) === true && !isMounted && !NO_SUCH.test(path);
}

/** What is in it is not known: the copy is empty, and can be run. */
function copyUnknown(io: ToolIo, source: string, destination: string): 0 | 1 {
  const to = targetOf(io, source, destination);
  const why = io.files.node(to) ? undefined : whyNotWritable(io.files, to);
  if (why === undefined) {
    io.files.write(to, { kind: 'file', mode: 0o755, content: '' });
    return 0;
  }
  io.complain(`cannot create regular file '${destination}': ${why}`);
  return 1;
}

function copyDevice(io: ToolIo, source: string, destination: string): 0 | 1 {
  const from = openPath(io.machine, io.task, source, 'read');
  const to = openPath(io.machine, io.task, destination, 'write');
  if (typeof from !== 'string' || typeof to !== 'string') {
    io.complain(`can't stat '${source}': No such file or directory`);
    return 1;
  }
  writeTo(io.machine, to, readable(io.machine, from).text);
  return 0;
}
