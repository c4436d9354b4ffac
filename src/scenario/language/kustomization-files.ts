import { type Files, findFile, isUrl } from '../../cluster/clients/files.ts';

const KUSTOMIZATION = /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/;

/** Words that lead out of the kustomization's folder: what lies in it is used anyway. */
const OUTSIDE = /(?<=^|[\s'"[,])\.\.(?:\/[^\s'"\],#]*)?/g;

/**
 * These files, and what their kustomizations name above their folders: bases, components, patches; and what
 * those name in turn.
 */
export function withKustomizations(paths: readonly string[], files: Files): ReadonlySet<string> {
  const used = new Set(paths);
  // A set that grows while it is gone through is gone through to its end.
  for (const path of used) {
    if (!KUSTOMIZATION.test(path)) continue;
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    for (const [word] of (files[path] ?? '').matchAll(OUTSIDE)) {
      for (const each of filesAt(`${folder}${word}`, files)) used.add(each);
    }
  }
  return used;
}

/** The file at a path, or all that are below it. */
export function filesAt(path: string, files: Files): readonly string[] {
  const found = findFile(files, path);
  if (found.type === 'file') return [found.path];
  if (found.type !== 'folder') return [];
  const prefix = found.path === '' ? '' : `${found.path}/`;
  return Object.keys(files).filter((each) => each.startsWith(prefix) && !isUrl(each));
}
