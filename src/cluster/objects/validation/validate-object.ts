import type { KubeObject } from '../kube-object.ts';
import { resourceForKind } from '../schema/resources.ts';
import {
  checkConfigMapUpdate,
  checkNewConfigMap,
  checkNewSecret,
  checkSecretUpdate,
} from './check-config.ts';
import { checkCoreEvent } from './check-event.ts';
import {
  checkNamespaceFinalizeUpdate,
  checkNamespaceStatusUpdate,
  checkNamespaceUpdate,
  checkNewNamespace,
} from './check-namespace.ts';
import { checkNewNode, checkNodeUpdate } from './check-node.ts';
import type { FieldErrors } from './field-error.ts';
import { dnsLabelProblems, pathSegmentProblems } from './name-syntax.ts';
import { checkObjectMeta, checkObjectMetaUpdate } from './object-meta.ts';
import { checkNewPod, checkPodStatusUpdate, checkPodUpdate } from './pod/check-pod.ts';

/**
 * Why the API server would refuse an object, empty when it would not. The object has its defaults and has
 * been admitted. Of kinds without rules of their own here, the metadata is checked.
 */
export function validateCreate(object: KubeObject): FieldErrors {
  const check = object.apiVersion === 'v1' ? CREATE[object.kind] : undefined;
  if (check !== undefined) return check(object as never);
  const isNamespaced = resourceForKind(object.apiVersion, object.kind)?.isNamespaced ?? true;
  const nameProblems = NAMES[object.kind];
  return checkObjectMeta(object.metadata, {
    isNamespaced,
    ...(nameProblems === undefined ? {} : { nameProblems }),
  });
}

/** Kinds whose names are not DNS subdomains; a Service's may begin with a digit since 1.36. */
const NAMES: Readonly<Record<string, (name: string) => readonly string[]>> = {
  ClusterRole: pathSegmentProblems,
  ClusterRoleBinding: pathSegmentProblems,
  Role: pathSegmentProblems,
  RoleBinding: pathSegmentProblems,
  Service: dnsLabelProblems,
  StatefulSet: dnsLabelProblems,
};

/**
 * Why the API server would refuse to put an object in the place of another. `subresource` is `status`,
 * `finalize` or absent. Metadata that no client may change has been set back already, and the new object
 * names the version of the old one that it replaces.
 */
export function validateUpdate(object: KubeObject, old: KubeObject, subresource?: string): FieldErrors {
  const check = object.apiVersion === 'v1' ? UPDATE[object.kind]?.[subresource ?? ''] : undefined;
  return check === undefined
    ? checkObjectMetaUpdate(object.metadata, old.metadata)
    : check(object as never, old as never);
}

/** By kind, all of them of the core group. */
const CREATE: Readonly<Record<string, (object: never) => FieldErrors>> = {
  ConfigMap: checkNewConfigMap,
  Event: checkCoreEvent,
  Namespace: checkNewNamespace,
  Node: checkNewNode,
  Pod: checkNewPod,
  Secret: checkNewSecret,
};

/** By kind and subresource. */
const UPDATE: Readonly<Record<string, Readonly<Record<string, (object: never, old: never) => FieldErrors>>>> =
  {
    ConfigMap: { '': checkConfigMapUpdate },
    Event: { '': checkCoreEvent },
    Namespace: {
      '': checkNamespaceUpdate,
      finalize: checkNamespaceFinalizeUpdate,
      status: checkNamespaceStatusUpdate,
    },
    Node: { '': checkNodeUpdate, status: checkNodeUpdate },
    Pod: { '': checkPodUpdate, status: checkPodStatusUpdate },
    Secret: { '': checkSecretUpdate },
  };
