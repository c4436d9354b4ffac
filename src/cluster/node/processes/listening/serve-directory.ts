import { derived } from '../../../objects/derived.ts';
import type { FileNode } from '../../images/file-node.ts';
import { absolutePath, childOf } from '../files/paths.ts';
import type { Machine } from '../machine/machine.ts';
import type { ProcessHost } from '../process-host.ts';

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
  const { host, files } = machine;
  // Most servers are asked for the same page again and again, and nobody has written anything.
  const known = files.changes() === 0 ? pagesKnown(host.files)(host.image.files)(directory) : undefined;
  const page = known?.get(below);
  if (page) return page;
  const found = findPage(machine, directory, below);
  if (known && found.isLasting) {
    if (known.size >= PAGES_MAX) known.clear();
    known.set(below, found.page);
  }
  return found.page;
}

const PAGES_MAX = 100;
const pagesKnown = derived((_: Files) =>
  derived((_: Files) => derived((_: Directory) => new Map<string, Page>())),
);

type Files = ProcessHost['files'];

interface Found {
  readonly page: Page;
  /** For as long as no file is written. */
  readonly isLasting: boolean;
}

function findPage({ files }: Machine, directory: Directory, below: string): Found {
  const target = files.resolve(below === '/' ? directory.root : directory.root + below, '/') ?? '';
  const indexPath = files.resolve(childOf(target, directory.index), '/') ?? '';
  const node = files.node(target);
  const index = files.node(indexPath);
  const file = node?.kind === 'directory' ? index : node;
  return {
    page: pageOf(file, { directory, below, isIndex: file === index, isFolder: node?.kind === 'directory' }),
    isLasting: !MADE_UP.test(target) && !MADE_UP.test(indexPath),
  };
}

/** What the kernel makes up when it is read may be otherwise the next time. */
const MADE_UP = /^\/(?:proc|etc|dev)\//;

interface Wanted {
  readonly directory: Directory;
  readonly below: string;
  readonly isIndex: boolean;
  readonly isFolder: boolean;
}

function pageOf(file: FileNode | undefined, { directory, below, isIndex, isFolder }: Wanted): Page {
  if (file?.kind === 'file') {
    const name = isIndex ? directory.index : below;
    return { status: 200, body: file.content ?? '', headers: { 'Content-Type': contentType(name) } };
  }
  const body = directory.notFound ?? NOT_FOUND;
  return { status: isFolder ? 403 : 404, body, headers: { 'Content-Type': 'text/html' } };
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
