import type { FileRow } from './file-row.ts';

/** Under which a file stands in its table. */
export function fileKey({ fileSystem, path }: Pick<FileRow, 'fileSystem' | 'path'>): string {
  return `${fileSystem}\u0000${path}`;
}

/** Where a machine's own files stand; their paths are absolute on that machine, whoever mounts them. */
export function hostFileSystem(node: string): string {
  return `host/${node}`;
}
