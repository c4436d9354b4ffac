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
  const check = CREATE[`${object.apiVersion} ${object.kind}`];
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
  const key = `${object.apiVersion} ${object.kind}${subresource === undefined ? '' : `/${subresource}`}`;
  const check = UPDATE[key];
  return check === undefined
    ? checkObjectMetaUpdate(object.metadata, old.metadata)
    : check(object as never, old as never);
}

const CREATE: Readonly<Record<string, (object: never) => FieldErrors>> = {
  'v1 ConfigMap': checkNewConfigMap,
  'v1 Event': checkCoreEvent,
  'v1 Namespace': checkNewNamespace,
  'v1 Node': checkNewNode,
  'v1 Pod': checkNewPod,
  'v1 Secret': checkNewSecret,
};

const UPDATE: Readonly<Record<string, (object: never, old: never) => FieldErrors>> = {
  'v1 ConfigMap': checkConfigMapUpdate,
  'v1 Event': checkCoreEvent,
  'v1 Namespace': checkNamespaceUpdate,
  'v1 Namespace/finalize': checkNamespaceFinalizeUpdate,
  'v1 Namespace/status': checkNamespaceStatusUpdate,
  'v1 Node': checkNodeUpdate,
  'v1 Node/status': checkNodeUpdate,
  'v1 Pod': checkPodUpdate,
  'v1 Pod/status': checkPodStatusUpdate,
  'v1 Secret': checkSecretUpdate,
};
