import { type Files, findFile } from '../../files.ts';
import { KubectlExit } from '../failure.ts';
import { buildKustomization } from './build-kustomization.ts';
import type { Building } from './kustomization.ts';

interface Named {
  readonly files: Files;
  readonly typed: ReadonlyMap<string, readonly string[]>;
}

/**
 * What `-k FOLDER` stands for is read as one file of the folder's name, as if -f had named it (cli-runtime:
 * KustomizeVisitor).
 */
export function takeKustomization(
  { files, typed }: Named,
  { name, minor, warn }: Pick<Building, 'minor' | 'warn'> & { readonly name: string },
): Named {
  const folder = typed.get('kustomize')?.at(-1) ?? '';
  if (folder === '' || name === 'kustomize') return { files, typed };
  if (typed.has('filename')) throw new KubectlExit('error: only one of -f or -k can be specified');
  if (typed.has('recursive')) throw new KubectlExit("error: the -k flag can't be used with -f or -R");
  const text = buildKustomization(folder, { files, minor, warn });
  const found = findFile(files, folder);
  const path = found.type === 'folder' ? found.path : folder;
  return { files: { ...files, [path]: text }, typed: new Map([...typed, ['filename', [folder]]]) };
}
