import { type Files, findFile } from '../clients/files.ts';
import { KubectlExit } from '../clients/kubectl/failure.ts';
import { buildKustomization } from '../clients/kubectl/kustomize/build-kustomization.ts';
import { compareText, isObject } from '../objects/json.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import { readManifest } from '../objects/manifest/read-manifest.ts';
import { sha256 } from '../objects/sha256.ts';
import type { Source } from './application.ts';

/** What a folder of the repository says at its present revision. */
export type Target =
  | {
      readonly revision: string;
      readonly sourceType: 'Directory' | 'Kustomize';
      readonly objects: readonly KubeObject[];
    }
  | { readonly problem: string };

const KUSTOMIZATIONS = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/**
 * Reads the folder of a source. The scenario's own folder stands for every repository, and what lies in it
 * for what was pushed last; the revision is made of the folder's content.
 */
export function readTarget(files: Files, source: Source, minor: number): Target {
  const path = (source.path ?? '.').replace(/^\.\/|\/$/g, '');
  const inside = path === '.' || path === '' ? '' : `${path}/`;
  const paths = Object.keys(files)
    .filter((each) => each.startsWith(inside) && !each.endsWith('/') && !/^[a-z]+:|^\//.test(each))
    .sort(compareText);
  if (paths.length === 0) return { problem: failure(`${path}: app path does not exist`) };
  const revision = sha256(paths.map((each) => `${each}\0${files[each]}\0`).join('')).slice(0, 40);
  const isKustomize = KUSTOMIZATIONS.some((name) => paths.includes(`${inside}${name}`));
  if (isKustomize) return kustomized(files, { path: path || '.', minor, revision });
  const texts = paths.filter(
    (each) =>
      /\.(?:ya?ml|json)$/.test(each) &&
      (source.directory?.recurse || !each.slice(inside.length).includes('/')),
  );
  const objects: KubeObject[] = [];
  for (const each of texts) {
    const found = findFile(files, each);
    const read = readManifest(found.type === 'file' ? found.text : '', each);
    if (read.failure !== undefined)
      return { problem: failure(`Failed to unmarshal "${each}": ${read.failure}`) };
    objects.push(...read.objects.map(({ object }) => asObject(object)));
  }
  return { revision, sourceType: 'Directory', objects };
}

interface Kustomized {
  readonly path: string;
  readonly minor: number;
  readonly revision: string;
}

function kustomized(files: Files, { path, minor, revision }: Kustomized): Target {
  try {
    const text = buildKustomization(path, { files, minor, warn: () => undefined });
    const { objects } = readManifest(text, path);
    return { revision, sourceType: 'Kustomize', objects: objects.map(({ object }) => asObject(object)) };
  } catch (error) {
    if (error instanceof KubectlExit) return { problem: failure(error.message) };
    throw error;
  }
}

function asObject(object: { readonly kind: string }): KubeObject {
  const read = object as unknown as KubeObject;
  return isObject(read.metadata) ? read : { ...read, metadata: {} };
}

/** argo-cd: controller/state.go GetRepoObjs. */
function failure(why: string): string {
  return `Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc = ${why}`;
}
