import { isGnu } from './options.ts';
import type { ToolIo } from './tool.ts';

const BUSYBOX_QUOTES = [
  'cat',
  'tail',
  'uniq',
  'md5sum',
  'sha1sum',
  'sha256sum',
  'sha512sum',
  'tac',
  'base64',
  'cmp',
  'tee',
];

/** What a tool says of a file that it cannot open; each has its own habit, and GNU's have others. */
export function missingText(io: ToolIo, path: string, why: string): string {
  const { tool } = io.task;
  if (!isGnu(io)) {
    if (why === 'Is a directory' && tool === 'cat') return 'read error: Is a directory';
    return BUSYBOX_QUOTES.includes(tool) ? `can't open '${path}': ${why}` : `${path}: ${why}`;
  }
  switch (tool) {
    case 'head':
    case 'tail':
      return `cannot open '${path}' for reading: ${why}`;
    case 'sed':
      return `can't read ${path}: ${why}`;
    case 'sort':
      return `cannot read: ${path}: ${why}`;
    default:
      return `${path}: ${why}`;
  }
}
