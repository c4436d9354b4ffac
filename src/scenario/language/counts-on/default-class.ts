import type { Files } from '../../../cluster/clients/files.ts';
import { isObject, type JsonObject } from '../../../cluster/objects/json.ts';
import { readManifest } from '../../../cluster/objects/manifest/read-manifest.ts';
import { parseQuantity } from '../../../cluster/objects/quantity.ts';

/**
 * Whether manifests take a cluster for granted that makes volumes by itself: a claim names no class (or the
 * one that most such clusters have), and nobody brings a class, or a volume without one that is large enough.
 */
export function countsOnDefaultClass(files: Files): boolean {
  const claims: JsonObject[] = [];
  const volumes: JsonObject[] = [];
  for (const [path, text] of Object.entries(files)) {
    if (!/\.(?:ya?ml|json)$/.test(path) || !MENTIONS_VOLUMES.test(text)) continue;
    for (const { object } of readManifest(text, path).objects) {
      if (object.kind === 'StorageClass') return false;
      if (object.kind === 'CustomResourceDefinition') continue;
      if (object.kind === 'PersistentVolume') volumes.push(object as JsonObject);
      else claims.push(...openClaimsIn(object));
    }
  }
  const sizes = volumes
    .filter((each) => classOf(each) === undefined)
    .map((each) => sizeAt(each, ['capacity']));
  return claims.some((claim) => {
    const wanted = sizeAt(claim, ['resources', 'requests']);
    return classOf(claim) === USUAL || !sizes.some((size) => size >= wanted);
  });
}

const MENTIONS_VOLUMES = /PersistentVolume|StorageClass|volumeClaimTemplate/;

/** Claims of their own, and those that are made for pods, however deep they lie. */
function openClaimsIn(value: unknown): readonly JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(openClaimsIn);
  if (!isObject(value)) return [];
  const open = (claim: unknown): readonly JsonObject[] => (isOpen(claim) ? [claim as JsonObject] : []);
  if (value['kind'] === 'PersistentVolumeClaim') return open(value);
  return Object.entries(value).flatMap(([field, inner]) => {
    if (field === 'volumeClaimTemplate') return open(inner);
    if (field === 'volumeClaimTemplates' && Array.isArray(inner)) return inner.flatMap(open);
    return openClaimsIn(inner);
  });
}

/** The storage at these steps of a spec. */
function sizeAt({ spec }: JsonObject, steps: readonly string[]): bigint {
  let value: unknown = spec;
  for (const step of [...steps, 'storage']) value = isObject(value) ? value[step] : undefined;
  return typeof value === 'string' || typeof value === 'number' ? (parseQuantity(value)?.nano ?? 0n) : 0n;
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

function classOf({ spec }: JsonObject): unknown {
  return classIn(spec);
}

function classIn(spec: unknown): unknown {
  return isObject(spec) ? spec['storageClassName'] : undefined;
}
