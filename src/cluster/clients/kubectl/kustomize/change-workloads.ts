import { fail } from '../failure.ts';
import type { ImageChange, Kustomization } from './kustomization.ts';
import { podSpecPathOf } from './references.ts';
import { kindOf, type Resource, wasNamed, withChanges } from './resource.ts';

const SCALED = ['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController'];

export function withReplicas(
  resources: readonly Resource[],
  changes: NonNullable<Kustomization['replicas']>,
): readonly Resource[] {
  let all = resources;
  for (const { name, count } of changes) {
    const isMeant = (each: Resource): boolean => SCALED.includes(kindOf(each)) && wasNamed(each, name);
    if (!all.some(isMeant)) {
      fail(`resource with name ${name} does not match a config with the following GVK [${SCALED_GVKS}]`);
    }
    all = all.map((each) => (isMeant(each) ? withChanges(each, ['spec/replicas'], () => count, true) : each));
  }
  return all;
}

const SCALED_GVKS = SCALED.map((kind) => `${kind}.[noVer].[noGrp]`).join(' ');

/** Everywhere where a container has an image. */
export function withImages(
  resources: readonly Resource[],
  changes: readonly ImageChange[],
): readonly Resource[] {
  return resources.map((resource) => {
    const podSpec = podSpecPathOf(kindOf(resource));
    if (podSpec === undefined) return resource;
    const paths = ['containers[]', 'initContainers[]'].map((list) => `${podSpec}/${list}/image`);
    return withChanges(resource, paths, (image) =>
      changes.reduce((text, change) => changedImage(text, change), String(image)),
    );
  });
}

function changedImage(image: string, { name, newName, newTag, digest }: ImageChange): string {
  const at = image.indexOf('@');
  const named = at < 0 ? image : image.slice(0, at);
  const colon = named.lastIndexOf(':');
  const hasTag = colon > named.lastIndexOf('/');
  const base = hasTag ? named.slice(0, colon) : named;
  if (base !== name) return image;
  const to = newName === undefined || newName === '' ? base : newName;
  if (newTag !== undefined && digest !== undefined) return `${to}:${newTag}@${digest}`;
  if (newTag !== undefined) return `${to}:${newTag}`;
  if (digest !== undefined) return `${to}@${digest}`;
  return to + image.slice(base.length);
}
