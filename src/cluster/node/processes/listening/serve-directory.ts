import { absolutePath, childOf } from '../files/paths.ts';
import type { Machine } from '../machine/machine.ts';

export interface Page {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface Directory {
  readonly root: string;
  readonly index: string;
  readonly notFound?: string;
}

/** What a web server makes of a path below its root: the file, a directory's index, or 404. */
export function serveDirectory(machine: Machine, directory: Directory, path: string): Page {
  const below = absolutePath(path.split('?')[0] ?? '/', '/');
  const target = machine.files.resolve(below === '/' ? directory.root : directory.root + below, '/') ?? '';
  const node = machine.files.node(target);
  const index = machine.files.node(machine.files.resolve(childOf(target, directory.index), '/') ?? '');
  const file = node?.kind === 'directory' ? index : node;
  if (file?.kind === 'file') {
    const name = file === index ? directory.index : below;
    return { status: 200, body: file.content ?? '', headers: { 'Content-Type': contentType(name) } };
  }
  const status = node?.kind === 'directory' ? 403 : 404;
  return { status, body: directory.notFound ?? NOT_FOUND, headers: { 'Content-Type': 'text/html' } };
}

const NOT_FOUND =
  '<HTML><HEAD><TITLE>404 Not Found</TITLE></HEAD>\n<BODY><H1>404 Not Found</H1>\nThe requested URL was not found\n</BODY></HTML>\n';

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css',
  html: 'text/html',
  js: 'application/javascript',
  json: 'application/json',
  txt: 'text/plain',
  xml: 'text/xml',
};

const contentType = (path: string): string =>
  TYPES[/\.(\w+)$/.exec(path)?.[1] ?? ''] ?? 'application/octet-stream';
