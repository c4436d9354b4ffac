import type { Millis } from '../../../../kernel/time/millis.ts';
import { derived } from '../../../objects/derived.ts';
import { byteLength } from '../../../tools/byte-length.ts';
import type { FileNode } from '../../images/file-node.ts';
import type { Effect, ProcessHost } from '../process-host.ts';
import { absolutePath, byCodeUnit, childOf, nameOf, parentOf } from './paths.ts';

/**
 * The container's files as a process sees them: what the image brings, over it what the host says is there
 * now, over that what the process itself has written since. Paths are absolute; links are followed by
 * `resolve` only.
 */
export interface FileView {
  node(path: string): FileNode | undefined;
  /** Only what is there by its own name: no directories that follow from what is in them. */
  named(path: string): FileNode | undefined;
  /**
   * The path with all links followed; undefined where a link leads in circles. The last part may be missing.
   */
  resolve(path: string, cwd: string): string | undefined;
  /** Names in a directory, in order. */
  list(directory: string): string[];
  isReadOnly(path: string): boolean;
  write(path: string, node: Omit<FileNode, 'modifiedAt'> & { modifiedAt?: Millis }): void;
  append(path: string, text: string): void;
  remove(path: string): void;
  /** How often any of them has been changed through this view. */
  changes(): number;
}

type Layer = Readonly<Record<string, FileNode>>;

interface ViewSource {
  readonly host: ProcessHost;
  readonly now: Millis;
  readonly effects: Effect[];
  /** Files that the kernel makes up when they are read: `/proc/uptime`. */
  virtual(path: string): FileNode | undefined;
}

/** Directories that are there in every container, whatever its image. */
const BASE_DIRECTORIES = [
  '/',
  '/bin',
  '/dev',
  '/dev/shm',
  '/etc',
  '/home',
  '/proc',
  '/root',
  '/sys',
  '/tmp',
  '/usr',
  '/usr/bin',
  '/var',
];

const DIRECTORY: FileNode = { kind: 'directory', mode: 0o755, modifiedAt: 0 };
const TEMPORARY: FileNode = { kind: 'directory', mode: 0o1777, modifiedAt: 0 };

export function viewFiles(from: ViewSource): FileView {
  const { host, now, effects, virtual } = from;
  const written: Record<string, FileNode> = {};
  let changes = 0;
  const layers: readonly Layer[] = [written, host.files, host.image.files];
  const named = (path: string): FileNode | undefined => {
    for (const layer of layers) {
      const found = layer[path];
      if (found) return found;
    }
    return virtual(path);
  };
  const node = (path: string): FileNode | undefined => {
    const found = named(path) ?? impliedDirectory(path, layers);
    return found?.kind === 'removed' ? undefined : found;
  };
  const view: FileView = {
    node,
    named,
    resolve: (path, cwd) => resolveLinks(node, absolutePath(path, cwd)),
    list: (directory) => listNames(directory, layers, node),
    isReadOnly: (path) => isReadOnly(host, path),
    write(path, content) {
      const file = { ...content, modifiedAt: content.modifiedAt ?? now };
      written[path] = file;
      changes += 1;
      effects.push({ type: 'FileWritten', path, node: file });
    },
    append(path, text) {
      changes += 1;
      const before = node(path);
      written[path] = {
        kind: 'file',
        mode: before?.mode ?? 0o644,
        ...before,
        content: (before?.content ?? '') + text,
        modifiedAt: now,
      };
      appendEffect(effects, path, text, now);
    },
    remove(path) {
      changes += 1;
      written[path] = { kind: 'removed', mode: 0, modifiedAt: now };
      effects.push({ type: 'FileRemoved', path });
    },
    changes: () => changes,
  };
  return view;
}

function appendEffect(effects: Effect[], path: string, text: string, modifiedAt: Millis): void {
  const last = effects.at(-1);
  const isSame = last?.type === 'FileAppended' && last.path === path;
  if (isSame) effects.pop();
  effects.push({ type: 'FileAppended', path, text: (isSame ? last.text : '') + text, modifiedAt });
}

/** A directory that nothing names is there when it is everyone's, or when something is in it. */
function impliedDirectory(path: string, layers: readonly Layer[]): FileNode | undefined {
  if (path === '/tmp' || path === '/dev/shm') return TEMPORARY;
  if (BASE_DIRECTORIES.includes(path)) return DIRECTORY;
  const inside = `${path}/`;
  const [written = {}, ofHost = {}, ofImage = {}] = layers;
  if (directoriesIn(ofImage).has(path)) return DIRECTORY;
  for (const layer of [written, ofHost]) {
    for (const other in layer) {
      if (other.startsWith(inside) && layer[other]?.kind !== 'removed') return DIRECTORY;
    }
  }
  return undefined;
}

/** All directories that a layer which nobody writes has something in. */
const directoriesIn = derived((layer: Layer): ReadonlySet<string> => {
  const directories = new Set<string>();
  for (const path in layer) {
    if (layer[path]?.kind === 'removed') continue;
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      directories.add(path.slice(0, end));
    }
  }
  return directories;
});

function listNames(
  directory: string,
  layers: readonly Layer[],
  node: (path: string) => FileNode | undefined,
): string[] {
  const inside = directory === '/' ? '/' : `${directory}/`;
  const names = new Set<string>();
  const add = (path: string): void => {
    if (!path.startsWith(inside) || path === '/') return;
    const end = path.indexOf('/', inside.length);
    names.add(path.slice(inside.length, end < 0 ? undefined : end));
  };
  for (const layer of layers) for (const path in layer) add(path);
  for (const path of BASE_DIRECTORIES) add(path);
  return [...names].filter((name) => node(childOf(directory, name))).sort(byCodeUnit);
}

const MOST_LINKS = 40;

function resolveLinks(node: (path: string) => FileNode | undefined, path: string): string | undefined {
  let resolved = '/';
  let rest = path.split('/').filter((part) => part !== '');
  for (let links = 0; rest.length > 0; ) {
    const next = childOf(resolved, rest[0] ?? '');
    rest = rest.slice(1);
    const found = node(next);
    if (found?.kind !== 'link') {
      resolved = next;
      continue;
    }
    links += 1;
    if (links > MOST_LINKS) return undefined;
    const target = absolutePath([found.content ?? '', ...rest].join('/'), parentOf(next));
    resolved = '/';
    rest = target.split('/').filter((part) => part !== '');
  }
  return resolved;
}

function isReadOnly(host: ProcessHost, path: string): boolean {
  let deepest: { path: string; readOnly: boolean } = { path: '', readOnly: false };
  for (const mount of host.mounts ?? []) {
    const fits = mount.path === '/' || path === mount.path || path.startsWith(`${mount.path}/`);
    if (fits && mount.path.length >= deepest.path.length) deepest = mount;
  }
  return deepest.readOnly;
}

export const sizeOf = (node: FileNode): number =>
  node.kind === 'directory' ? 4096 : (node.sizeBytes ?? byteLength(node.content ?? ''));

/** Why something cannot be created there, in the words of `strerror`. */
export function whyNotWritable(files: FileView, path: string): string | undefined {
  const parent = files.node(parentOf(path));
  if (!parent) return 'No such file or directory';
  if (parent.kind !== 'directory') return 'Not a directory';
  if (files.isReadOnly(path)) return 'Read-only file system';
  return nameOf(path).length > 255 ? 'File name too long' : undefined;
}
