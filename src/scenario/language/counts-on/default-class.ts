import type { Files } from '../../../cluster/clients/files.ts';
import { isObject } from '../../../cluster/objects/json.ts';
import type { KubeObject } from '../../../cluster/objects/kube-object.ts';
import { readManifest } from '../../../cluster/objects/manifest/read-manifest.ts';

/**
 * Whether manifests take a cluster for granted that makes volumes by itself: a claim names no class (or the
 * one that most such clusters have), and nobody brings a class or volumes without one.
 */
export function countsOnDefaultClass(files: Files): boolean {
  let claims = false;
  for (const [path, text] of Object.entries(files)) {
    if (!/\.(?:ya?ml|json)$/.test(path) || !/[cC]laim|StorageClass|PersistentVolume/.test(text)) continue;
    for (const { object } of readManifest(text, path).objects) {
      if (bringsVolumes(object)) return false;
      claims ||= hasOpenClaim(object);
    }
  }
  return claims;
}

function bringsVolumes({ kind, ...object }: Partial<KubeObject>): boolean {
  if (kind === 'StorageClass') return true;
  return kind === 'PersistentVolume' && classIn((object as { spec?: unknown }).spec) === undefined;
}

/** A claim of its own, or one that is made for each pod, however deep it lies. */
function hasOpenClaim(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasOpenClaim);
  if (!isObject(value)) return false;
  if (value['kind'] === 'PersistentVolumeClaim') return isOpen(value);
  return Object.entries(value).some(([field, inner]) => {
    if (field === 'volumeClaimTemplate') return isOpen(inner);
    if (field === 'volumeClaimTemplates' && Array.isArray(inner)) return inner.some(isOpen);
    return hasOpenClaim(inner);
  });
}

/** Most clusters that people try things in call it so. */
const USUAL = 'standard';

function isOpen(claim: unknown): boolean {
  if (!isObject(claim)) return false;
  const { metadata, spec } = claim;
  const annotations = isObject(metadata) ? metadata['annotations'] : undefined;
  if (isObject(annotations) && 'volume.beta.kubernetes.io/storage-class' in annotations) return false;
  const name = classIn(spec);
  return name === undefined || name === USUAL;
}

function classIn(spec: unknown): unknown {
  return isObject(spec) ? spec['storageClassName'] : undefined;
}
