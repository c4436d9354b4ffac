import { compareText } from '../objects/json.ts';

/**
 * What lies in the folder where the commands are typed: text by path, with slashes, relative to it. A bundled
 * copy of something on the web is under its URL.
 */
export type Files = Readonly<Record<string, string>>;

export type Found =
  | { readonly type: 'file'; readonly path: string; readonly text: string }
  /** The files and folders directly in it, by name. */
  | { readonly type: 'folder'; readonly path: string; readonly names: readonly string[] }
  | { readonly type: 'missing' }
  /** The path leads out of the folder. */
  | { readonly type: 'outside' };

/** What a path means, seen from the folder. */
export function findFile(files: Files, path: string): Found {
  if (isUrl(path)) {
    const text = files[path];
    return text === undefined ? { type: 'missing' } : { type: 'file', path, text };
  }
  const steps = normalize(path);
  if (steps === undefined) return { type: 'outside' };
  const name = steps.join('/');
  const text = Object.hasOwn(files, name) ? files[name] : undefined;
  if (text !== undefined) return { type: 'file', path: name, text };
  const names = namesIn(files, name === '' ? '' : `${name}/`);
  return names.length === 0 ? { type: 'missing' } : { type: 'folder', path: name, names };
}

/** Where a file can be written: in the folder itself, or in one of its folders. */
export function writablePath(
  files: Files,
  path: string,
  makesFolders = false,
): { readonly path: string } | { readonly problem: string } {
  const steps = isUrl(path) ? undefined : normalize(path);
  if (steps === undefined) return { problem: 'Permission denied' };
  const folder = findFile(files, steps.slice(0, -1).join('/'));
  if (steps.length > 1 && folder.type !== 'folder' && !makesFolders)
    return { problem: 'No such file or directory' };
  const name = steps.join('/');
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
    .filter((path) => matcher.test(path))
    .sort(compareText)
    .map((path) => prefix + path);
}

/** A shell's pattern as the source of a regular expression: `*`, `?` and `[…]` do not match a slash. */
function globSource(pattern: string): string {
  return pattern.replace(/\[!?[^\]]+\]|[\s\S]/g, (part) => {
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    if (part.length > 1) return part.startsWith('[!') ? `[^${part.slice(2)}` : part;
    return part.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
  });
}

/** The steps of a path without `.` and `..`; undefined when it leaves the folder. */
function normalize(path: string): readonly string[] | undefined {
  if (path.startsWith('/') || path.startsWith('~')) return undefined;
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') steps.push(step);
    else if (steps.pop() === undefined) return undefined;
  }
  return steps;
}

function namesIn(files: Files, prefix: string): readonly string[] {
  const names = new Set<string>();
  for (const path of Object.keys(files)) {
    if (path.startsWith(prefix) && !isUrl(path)) names.add(path.slice(prefix.length).split('/', 1)[0] ?? '');
  }
  return [...names].sort(compareText);
}
