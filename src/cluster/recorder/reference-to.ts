import type { KubeObject } from '../objects/kube-object.ts';
import type { ObjectReference } from '../objects/kubernetes.ts';

/** What an Event says it is about. */
export function referenceTo(object: KubeObject, fieldPath?: string): ObjectReference {
  const { namespace, name, uid, resourceVersion } = object.metadata;
  return {
    kind: object.kind,
    ...(namespace !== undefined && { namespace }),
    ...(name !== undefined && { name }),
    ...(uid !== undefined && { uid }),
    ...(object.apiVersion !== '' && { apiVersion: object.apiVersion }),
    ...(resourceVersion !== undefined && { resourceVersion }),
    ...(fieldPath !== undefined && { fieldPath }),
  };
}
