import type { FileRow } from './machine-rows.ts';

/** Under which a file stands in its table. */
export function fileKey({ fileSystem, path }: Pick<FileRow, 'fileSystem' | 'path'>): string {
  return `${fileSystem}\u0000${path}`;
}
