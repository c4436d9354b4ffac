import type { ObjectReader } from '../../contract/reader.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { OwnerReference } from '../../objects/kubernetes.ts';
import { type Resource, resourceForKind } from '../../objects/schema/resources.ts';
import { storageKey } from '../../objects/storage-key.ts';
import { servedResources } from '../../world/served-resources.ts';

export const FOREGROUND = 'foregroundDeletion';
export const ORPHAN = 'orphan';

/** Everything that names an object as its owner. */
export function dependentsOf(objects: ObjectReader, { metadata }: KubeObject): readonly KubeObject[] {
  const { uid } = metadata;
  if (!uid) return [];
  const others = objects.listBy<KubeObject>('dependent', 'yes').filter((each) => {
    return referencesOf(each).some((owner) => owner.uid === uid && !owner.controller);
  });
  return [...objects.listBy<KubeObject>('owner', uid), ...others];
}

export function referencesOf({ metadata }: KubeObject): readonly OwnerReference[] {
  return metadata.ownerReferences ?? [];
}

/** Whether an object's owner waits for it to be gone. */
export function blocks(dependent: KubeObject, owner: KubeObject): boolean {
  return referencesOf(dependent).some(
    (each) => each.uid === owner.metadata.uid && each.blockOwnerDeletion === true,
  );
}

/** The owner that a reference means, where it can be: in the object's namespace or in none, with that uid. */
export function ownerOf(
  objects: ObjectReader,
  dependent: KubeObject,
  reference: OwnerReference,
): KubeObject | undefined {
  const resource = resourceOfObject(objects, reference);
  if (resource === undefined) return undefined;
  const namespace = resource.isNamespaced ? dependent.metadata.namespace : undefined;
  const found = objects.get<KubeObject>(resource.name, namespace, reference.name);
  return found?.metadata.uid === reference.uid ? found : undefined;
}

/** What holds objects of a kind; undefined for kinds that the cluster does not serve. */
export function resourceOfObject(
  objects: ObjectReader,
  { apiVersion, kind }: Pick<OwnerReference, 'apiVersion' | 'kind'>,
): Resource | undefined {
  return resourceForKind(apiVersion, kind, servedResources(objects));
}

export function keyOf(objects: ObjectReader, object: KubeObject): string | undefined {
  const resource = resourceOfObject(objects, object);
  if (resource === undefined) return undefined;
  const { namespace, name = '' } = object.metadata;
  return storageKey({ resource: resource.name, name, ...(namespace !== undefined && { namespace }) });
}

export function isLeaving({ metadata }: KubeObject): boolean {
  return metadata.deletionTimestamp !== undefined;
}

/** Whether an object has been asked to go, and waits with a finalizer of the garbage collector. */
export function isWaitingWith(finalizer: string, object: KubeObject): boolean {
  return isLeaving(object) && (object.metadata.finalizers?.includes(finalizer) ?? false);
}
