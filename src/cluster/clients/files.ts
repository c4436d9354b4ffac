import { compareText } from '../objects/json.ts';
import { bundledCopy } from './web/k8s-examples.ts';

/**
 * What lies in the folder where the commands are typed: text by path, with slashes, relative to it. A bundled
 * copy of something on the web is under its URL. On a machine its own files are there too, by their absolute
 * paths; what ends in a slash is a folder, and `/` is there on any machine.
 */
export type Files = Readonly<Record<string, string>>;

export type Found =
  | { readonly type: 'file'; readonly path: string; readonly text: string }
  /** The files and folders directly in it, by name. */
  | { readonly type: 'folder'; readonly path: string; readonly names: readonly string[] }
  | { readonly type: 'missing' }
  /** The path leads out of the folder, to where nothing can be said of what is there. */
  | { readonly type: 'outside' };

const ROOT = '/';

/** Where relative paths and `~` lead to on a machine, whose person is root. */
export const HOME = '/root';

/** Whether the files are a machine's, so that absolute paths mean something. */
export function isMachine(files: Files): boolean {
  return Object.hasOwn(files, ROOT);
}

/** What a path means, seen from the folder. */
export function findFile(files: Files, path: string): Found {
  if (isUrl(path)) {
    const text = files[path] ?? bundledCopy(path);
    return text === undefined ? { type: 'missing' } : { type: 'file', path, text };
  }
  const name = normalize(files, path);
  if (name === undefined) return { type: 'outside' };
  const text = Object.hasOwn(files, name) && name !== ROOT ? files[name] : undefined;
  if (text !== undefined) return { type: 'file', path: name, text };
  const inside = name === '' || name === ROOT ? name : `${name}/`;
  const names = namesIn(files, inside);
  const isFolder = names.length > 0 || Object.hasOwn(files, inside);
  return isFolder ? { type: 'folder', path: name, names } : { type: 'missing' };
}

/** Where a file can be written: in the folder itself, or in one of its folders. */
export function writablePath(
  files: Files,
  path: string,
  makesFolders = false,
): { readonly path: string } | { readonly problem: string } {
  const name = isUrl(path) ? undefined : normalize(files, path);
  if (name === undefined) return { problem: 'Permission denied' };
  const end = name.lastIndexOf('/');
  if (end > 0 && !makesFolders) {
    const folder = findFile(files, name.slice(0, end));
    if (folder.type === 'file') return { problem: 'Not a directory' };
    if (folder.type !== 'folder') return { problem: 'No such file or directory' };
  }
  return findFile(files, name).type === 'folder' ? { problem: 'Is a directory' } : { path: name };
}

export function isUrl(path: string): boolean {
  return /^https?:\/\//.test(path);
}

/** The paths that a shell's pattern stands for, in code-unit order; none if nothing matches. */
export function matchFiles(files: Files, pattern: string): readonly string[] {
  const prefix = /^(?:\.\/)*/.exec(pattern)?.[0] ?? '';
  const matcher = new RegExp(`^${globSource(pattern.slice(prefix.length))}$`);
  const candidates = new Set<string>();
  for (const path of Object.keys(files)) {
    if (isUrl(path)) continue;
    const steps = path.split('/');
    for (let count = 1; count <= steps.length; count++) candidates.add(steps.slice(0, count).join('/'));
  }
  return [...candidates]
    .filter((path) => path !== '' && !path.endsWith('/') && matcher.test(path))
    .sort(compareText)
    .map((path) => prefix + path);
}

/**
 * A shell's pattern as the source of a regular expression: `*`, `?` and `[…]` do not match a slash, and what
 * a backslash stands before is itself.
 */
function globSource(pattern: string): string {
  return pattern.replace(/\\[\s\S]|\[!?[^\]]+\]|[\s\S]/g, (part) => {
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    if (part.startsWith('[') && part.length > 1) return classSource(part);
    return (part.length > 1 ? part.slice(1) : part).replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
  });
}

/** `[a-c]`, `[!x]`; a range that runs backwards matches nothing. */
function classSource(part: string): string {
  const isNegated = part.startsWith('[!');
  const inside = part.slice(isNegated ? 2 : 1, -1).replace(/[\\^[\]]/g, '\\$&');
  const isBackwards = [...inside.matchAll(/(.)-(.)/g)].some(([, from = '', to = '']) => from > to);
  return isBackwards ? '(?!)' : `[${isNegated ? '^' : ''}${inside}]`;
}

/** A path without `.` and `..`; undefined when it leaves what is known. */
function normalize(files: Files, path: string): string | undefined {
  const full = path.replace(/^~(?=\/|$)/, HOME);
  const isAbsolute = full.startsWith('/');
  if (full.startsWith('~') || (isAbsolute && !isMachine(files))) return undefined;
  const steps: string[] = [];
  for (const step of full.split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') steps.push(step);
    else if (steps.pop() === undefined && !isAbsolute) return undefined;
  }
  return (isAbsolute ? '/' : '') + steps.join('/');
}

function namesIn(files: Files, prefix: string): readonly string[] {
  const names = new Set<string>();
  for (const path of Object.keys(files)) {
    if (path.startsWith(prefix) && !isUrl(path)) names.add(path.slice(prefix.length).split('/', 1)[0] ?? '');
  }
  names.delete('');
  return [...names].sort(compareText);
}
