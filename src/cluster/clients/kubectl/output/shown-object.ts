import type { Json, JsonObject } from '../../../objects/json.ts';
import type { KubeObject } from '../../../objects/kube-object.ts';
import type { KubeVersion } from '../../../objects/versions.ts';

/** An object as kubectl prints it: without the owners of its fields, unless they are asked for. */
export function shownObject(object: KubeObject, showManagedFields = false): JsonObject {
  const { managedFields, ...metadata } = object.metadata;
  if (managedFields === undefined || showManagedFields) return object as unknown as JsonObject;
  return { ...object, metadata } as unknown as JsonObject;
}

/**
 * Several objects as one: `kind: List`. Until 1.23 it had an empty link to itself (kubectl: get.go
 * printGeneric).
 */
export function listOf(items: readonly Json[], { minor }: KubeVersion): JsonObject {
  const metadata = { resourceVersion: '', ...(minor < 24 ? { selfLink: '' } : {}) };
  return { apiVersion: 'v1', items: [...items], kind: 'List', metadata };
}
