import type { FileView } from '../files/file-view.ts';
import { absolutePath, childOf } from '../files/paths.ts';
import { hasWildcard, matchesPattern, type PatternPiece, patternOf } from './pattern.ts';

/** The paths that a word with wildcards stands for, in order; none: it stands for itself. */
export function globPaths(files: FileView, cwd: string, pieces: readonly PatternPiece[]): string[] {
  const parts = splitAtSlashes(pieces);
  const isAbsolute = parts[0]?.every((piece) => piece.text === '') === true && parts.length > 1;
  let found: { readonly shown: string; readonly path: string }[] = [
    { shown: isAbsolute ? '/' : '', path: isAbsolute ? '/' : absolutePath('.', cwd) },
  ];
  const steps = isAbsolute ? parts.slice(1) : parts;
  for (const [index, part] of steps.entries()) {
    const last = index === steps.length - 1;
    found = found
      .flatMap((directory) =>
        childrenMatching(files, directory, part).filter(
          (child) => last || files.node(files.resolve(child.path, '/') ?? child.path)?.kind === 'directory',
        ),
      )
      .map((child) => (last ? child : { ...child, shown: `${child.shown}/` }));
  }
  return found.map((path) => path.shown);
}

function childrenMatching(
  files: FileView,
  directory: { readonly shown: string; readonly path: string },
  part: readonly PatternPiece[],
): { shown: string; path: string }[] {
  const pattern = patternOf(part);
  const text = part.map((piece) => piece.text).join('');
  if (!hasWildcard(pattern)) {
    const name = text.replace(/\\(.)/g, '$1');
    const path = absolutePath(name, directory.path);
    return name === '' || files.node(path) ? [{ shown: directory.shown + name, path }] : [];
  }
  const resolved = files.resolve(directory.path, '/') ?? directory.path;
  const wantsHidden = text.startsWith('.');
  const all = wantsHidden ? ['.', '..', ...files.list(resolved)] : files.list(resolved);
  const names = all.filter((name) => wantsHidden || !name.startsWith('.'));
  return names
    .filter((name) => matchesPattern(pattern, name))
    .map((name) => ({ shown: directory.shown + name, path: childOf(directory.path, name) }));
}

function splitAtSlashes(pieces: readonly PatternPiece[]): PatternPiece[][] {
  const parts: PatternPiece[][] = [[]];
  for (const { text, quoted } of pieces) {
    for (const [index, piece] of text.split('/').entries()) {
      if (index > 0) parts.push([]);
      if (piece !== '') parts.at(-1)?.push({ text: piece, quoted });
    }
  }
  return parts;
}
