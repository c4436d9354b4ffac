import type { KubeObject } from './kube-object.ts';
import type { OwnerReference } from './kubernetes.ts';

/** The owner that manages an object: the only reference with `controller: true`. */
export function controllerOf({ metadata }: KubeObject): OwnerReference | undefined {
  const { ownerReferences } = metadata;
  if (ownerReferences)
    for (const reference of ownerReferences) if (reference.controller === true) return reference;
  return undefined;
}

/**
 * Whether an object's controller is this owner: its uid counts, as another may have been given the same name.
 */
export function isControlledBy(object: KubeObject, owner: KubeObject): boolean {
  const reference = controllerOf(object);
  return reference !== undefined && reference.uid === owner.metadata.uid;
}

/** The reference by which a controller marks what it made (apimachinery: meta/v1/controller_ref.go). */
export function controllerReference(owner: KubeObject): OwnerReference {
  return {
    apiVersion: owner.apiVersion,
    blockOwnerDeletion: true,
    controller: true,
    kind: owner.kind,
    name: owner.metadata.name ?? '',
    uid: owner.metadata.uid ?? '',
  };
}
