import { compareText } from '../../objects/json.ts';
import { type Files, findFile, isUrl } from '../files.ts';

export interface Named {
  /** As `findFile` has it. */
  readonly path: string;
  /** Behind the path that was asked for: `/sub/file`, or empty for itself. */
  readonly below: string;
  readonly isFolder: boolean;
}

/** A file, or a folder with all that is in it: folders before what is in them. */
export function namedIn(files: Files, path: string): readonly Named[] {
  const found = findFile(files, path);
  if (found.type === 'file') return [{ path: found.path, below: '', isFolder: false }];
  if (found.type !== 'folder') return [];
  const prefix = found.path === '' || found.path === '/' ? found.path : `${found.path}/`;
  const folders = new Set<string>();
  const all: Named[] = [];
  const belowOf = (inner: string): string => (inner === '' ? '' : `/${inner}`);
  for (const key of Object.keys(files)) {
    if (!key.startsWith(prefix) || isUrl(key) || (prefix === '' && key.startsWith('/'))) continue;
    const inner = key.slice(prefix.length);
    const steps = inner.split('/');
    for (let count = 0; count < steps.length; count++) folders.add(steps.slice(0, count).join('/'));
    if (!inner.endsWith('/') && inner !== '') all.push({ path: key, below: belowOf(inner), isFolder: false });
  }
  for (const inner of folders)
    all.push({ path: (prefix + inner).replace(/(?<=.)\/$/, ''), below: belowOf(inner), isFolder: true });
  return all.sort((a, b) => compareText(a.below, b.below));
}

/** The path of what is in a folder, as it is said by those who were asked for that folder. */
export function shownBelow(asked: string, below: string): string {
  return below === '' ? asked : asked.replace(/\/$/, '') + below;
}

export function isDeepFolder(files: Files, path: string): boolean {
  return findFile(files, path).type === 'folder';
}
