import { type Files, findFile, isUrl, matchFiles } from '../../cluster/clients/files.ts';

/**
 * The files that lines name, and the folders that Applications and kustomizations among them take their
 * manifests from: what else lies in the folder has no part in the scenario.
 */
export function usedFiles(lines: readonly string[], files: Files): Files {
  const used = new Set<string>();
  for (const line of lines) {
    for (const word of wordsOf(line)) for (const path of filesNamed(word, files)) used.add(path);
  }
  // A set grows while it is walked: what is named in what is named is used, too.
  for (const path of used) {
    for (const name of [...sourcesIn(textOf(path, files)), ...namedInKustomization(path, files)])
      for (const each of filesNamed(name, files)) used.add(each);
  }
  return Object.fromEntries([...used].sort().map((path) => [path, textOf(path, files)]));
}

/** Where Argo CD's Applications say that what they want is written. */
function sourcesIn(text: string): readonly string[] {
  if (!/\bargoproj\.io\//.test(text)) return [];
  return [...text.matchAll(/[\s{,]"?path"?:\s*["']?([^\s"'#,}]+)/g)].map(([, path = '']) => path);
}

/** All that may be a path in a kustomization, seen from where it lies. */
function namedInKustomization(path: string, files: Files): readonly string[] {
  const found = /^(.*\/)?(?:kustomization\.ya?ml|Kustomization)$/.exec(path);
  if (!found) return [];
  const [, folder = ''] = found;
  const words = textOf(path, files).match(/[^\s"',=[\]{}]+/g) ?? [];
  return words.filter((word) => word !== '.' && !isUrl(word)).map((word) => folder + word);
}

/** What is in a file, or in the bundled copy of what is at an address. */
export function textOf(path: string, files: Files): string {
  const found = findFile(files, path);
  return found.type === 'file' ? found.text : '';
}

/** The manifests that lines hand to kubectl: files after `-f`, and the manifests in folders after it. */
export function usedManifests(line: string, files: Files): readonly string[] {
  const words = wordsOf(line);
  const named = words.flatMap((word, index) => {
    if (word === '-f' || word === '--filename') return words[index + 1]?.split(',') ?? [];
    return /^(?:-f=?|--filename=)(.+)$/.exec(word)?.[1]?.split(',') ?? [];
  });
  return named.flatMap((name) => {
    const paths = /[*?[]/.test(name) ? matchFiles(files, name) : [name];
    return paths.flatMap((path) => {
      const found = findFile(files, path);
      if (found.type === 'file') return [found.path];
      if (found.type !== 'folder') return [];
      const recursive = words.includes('-R') || words.includes('--recursive');
      return filesAt(found.path, files).filter(
        (each) =>
          /\.(?:ya?ml|json)$/.test(each) && (recursive || !each.slice(found.path.length + 1).includes('/')),
      );
    });
  });
}

/** All that may be a path in a line. */
export function pathsNamed(line: string): readonly string[] {
  return wordsOf(line).flatMap(pathsIn);
}

/** A word may be a path, or end in one: `--from-file=key=path`, `-fpath`, `a.yaml,b.yaml`. */
function pathsIn(word: string): readonly string[] {
  const candidates = [word, word.replace(/^-\w/, ''), ...word.split(/[=,]/), ...word.split(',')];
  return [...new Set(candidates)].filter((name) => name !== '' && !name.startsWith('-'));
}

function filesNamed(word: string, files: Files): readonly string[] {
  return pathsIn(word).flatMap((name) => {
    const paths = /[*?[]/.test(name) && !isUrl(name) ? matchFiles(files, name) : [name];
    return paths.flatMap((path) => filesAt(path, files));
  });
}

/** The file at a path, or all that are below it. */
function filesAt(path: string, files: Files): readonly string[] {
  const found = findFile(files, path);
  if (found.type === 'file') return [found.path];
  if (found.type !== 'folder') return [];
  const prefix = found.path === '' ? '' : `${found.path}/`;
  return Object.keys(files).filter((each) => each.startsWith(prefix) && !isUrl(each));
}

/** Quotes are taken away, and nothing is expanded: too many words only find files that are there anyway. */
function wordsOf(line: string): readonly string[] {
  return (line.match(/(?:[^\s'"|;&<>()]|'[^']*'|"[^"]*")+/g) ?? []).map((word) => word.replace(/['"]/g, ''));
}
