import { whyNotWritable } from '../files/file-view.ts';
import { childOf, nameOf } from '../files/paths.ts';
import { linkPath } from './remove.ts';
import type { ToolIo } from './tool.ts';

/** Copies a file, or a directory with all that is in it; why it cannot, in the words of `strerror`. */
export function copyTree(io: ToolIo, from: string, to: string): string | undefined {
  const node = io.files.node(from);
  if (!node) return 'No such file or directory';
  const existing = io.files.node(to);
  const why = existing
    ? io.files.isReadOnly(to)
      ? 'Read-only file system'
      : undefined
    : whyNotWritable(io.files, to);
  if (why !== undefined) return why;
  const { modifiedAt: _, ...copy } = node;
  if (!(existing?.kind === 'directory' && node.kind === 'directory')) io.files.write(to, copy);
  if (node.kind !== 'directory') return undefined;
  for (const name of io.files.list(from)) {
    const failed = copyTree(io, childOf(from, name), childOf(to, name));
    if (failed !== undefined) return failed;
  }
  return undefined;
}

/** Where a file goes: into a directory under its own name, else to the path itself. */
export function targetOf(io: ToolIo, source: string, destination: string): string {
  const resolved = io.files.resolve(destination, io.task.cwd) ?? linkPath(io, destination);
  return io.files.node(resolved)?.kind === 'directory'
    ? childOf(resolved, nameOf(linkPath(io, source)))
    : resolved;
}
