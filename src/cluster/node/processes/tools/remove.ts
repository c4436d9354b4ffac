import { absolutePath, childOf, nameOf, parentOf } from '../files/paths.ts';
import type { ToolIo } from './tool.ts';

/** The path itself, not what a link at its end leads to. */
export function linkPath(io: ToolIo, path: string): string {
  const whole = absolutePath(path, io.task.cwd);
  const parent = io.files.resolve(parentOf(whole), '/') ?? parentOf(whole);
  return whole === '/' ? '/' : childOf(parent, nameOf(whole));
}

/** Removes a file, or a directory with all that is in it; why it cannot, in the words of `strerror`. */
export function removeTree(io: ToolIo, path: string): string | undefined {
  if (io.files.isReadOnly(path)) return 'Read-only file system';
  if (io.machine.host.mounts?.some((mount) => mount.path === path)) {
    emptyDirectory(io, path);
    return 'Resource busy';
  }
  const why = io.files.node(path)?.kind === 'directory' ? emptyDirectory(io, path) : undefined;
  if (why === undefined) io.files.remove(path);
  return why;
}

function emptyDirectory(io: ToolIo, path: string): string | undefined {
  for (const name of io.files.list(path)) {
    const why = removeTree(io, childOf(path, name));
    if (why !== undefined) return why;
  }
  return undefined;
}
