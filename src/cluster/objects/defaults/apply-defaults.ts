import { encodeBase64 } from '../base64.ts';
import { sortedKeys } from '../json.ts';
import type { KubeObject } from '../kube-object.ts';
import type {
  EndpointSlice,
  Endpoints,
  LimitRange,
  Namespace,
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  PodTemplate,
  PriorityClass,
  RoleBinding,
  Secret,
  StorageClass,
} from '../kubernetes.ts';
import { normalizeObject } from '../schema/normalize-object.ts';
import { inVersion, type KubeVersion, type Since } from '../versions.ts';
import { setPolicyBindingDefaults, setPolicyDefaults, setWebhookDefaults } from './admission-defaults.ts';
import { setAutoscalerDefaults } from './autoscaler-defaults.ts';
import { setDefinitionDefaults } from './definition-defaults.ts';
import { setDeviceClaimDefaults, setDeviceTemplateDefaults } from './device-defaults.ts';
import { setNetworkPolicyDefaults } from './network-policy-defaults.ts';
import { setPodDefaults, setPodSpecDefaults } from './pod-defaults.ts';
import { setServiceDefaults } from './service-defaults.ts';
import {
  setCronJobDefaults,
  setDaemonSetDefaults,
  setDeploymentDefaults,
  setJobDefaults,
  setReplicaSetDefaults,
  setReplicationControllerDefaults,
  setStatefulSetDefaults,
} from './workload-defaults.ts';

/**
 * An object as the API server understands it, before admission: normalized, and with the defaults of its
 * kind. A new object; the one given is not changed. Applied to its own result it changes nothing.
 */
export function withDefaults<Kind extends KubeObject>(object: Kind, version: KubeVersion): Kind {
  const copy = normalizeObject(object, version);
  const setDefaults = DEFAULTS[`${copy.apiVersion} ${copy.kind}`];
  setDefaults?.(copy as never, version);
  return copy;
}

/** kubernetes: features/kube_features.go NamespaceDefaultLabelName. */
const NAMESPACE_LABEL: Since<boolean> = [
  [0, false],
  [21, true],
];

type SetDefaults = (object: never, version: KubeVersion) => void;

const DEFAULTS: Readonly<Record<string, SetDefaults>> = {
  'v1 Endpoints': setEndpointsDefaults,
  'v1 LimitRange': setLimitRangeDefaults,
  'v1 Namespace': setNamespaceDefaults,
  'v1 Node': setNodeDefaults,
  'v1 PersistentVolume': setPersistentVolumeDefaults,
  'v1 PersistentVolumeClaim': setPersistentVolumeClaimDefaults,
  'v1 Pod': setPodDefaults,
  'v1 PodTemplate': setPodTemplateDefaults,
  'v1 ReplicationController': setReplicationControllerDefaults,
  'v1 Secret': setSecretDefaults,
  'v1 Service': setServiceDefaults,
  'admissionregistration.k8s.io/v1 MutatingWebhookConfiguration': setWebhookDefaults,
  'admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy': setPolicyDefaults,
  'admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding': setPolicyBindingDefaults,
  'admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration': setWebhookDefaults,
  'apiextensions.k8s.io/v1 CustomResourceDefinition': setDefinitionDefaults,
  'apps/v1 DaemonSet': setDaemonSetDefaults,
  'apps/v1 Deployment': setDeploymentDefaults,
  'apps/v1 ReplicaSet': setReplicaSetDefaults,
  'apps/v1 StatefulSet': setStatefulSetDefaults,
  'autoscaling/v2 HorizontalPodAutoscaler': setAutoscalerDefaults,
  'batch/v1 CronJob': setCronJobDefaults,
  'batch/v1 Job': setJobDefaults,
  'batch/v1beta1 CronJob': setCronJobDefaults,
  'discovery.k8s.io/v1 EndpointSlice': setEndpointSliceDefaults,
  'discovery.k8s.io/v1beta1 EndpointSlice': setEndpointSliceDefaults,
  'networking.k8s.io/v1 NetworkPolicy': setNetworkPolicyDefaults,
  'rbac.authorization.k8s.io/v1 ClusterRoleBinding': setBindingDefaults,
  'resource.k8s.io/v1 ResourceClaim': setDeviceClaimDefaults,
  'resource.k8s.io/v1 ResourceClaimTemplate': setDeviceTemplateDefaults,
  'rbac.authorization.k8s.io/v1 RoleBinding': setBindingDefaults,
  'rbac.authorization.k8s.io/v1beta1 ClusterRoleBinding': setBindingDefaults,
  'rbac.authorization.k8s.io/v1beta1 RoleBinding': setBindingDefaults,
  'scheduling.k8s.io/v1 PriorityClass': setPriorityClassDefaults,
  'storage.k8s.io/v1 StorageClass': setStorageClassDefaults,
};

/** pkg/apis/rbac/v1/defaults.go: accounts are in the core group, everybody else in this one. */
function setBindingDefaults({ roleRef, subjects }: RoleBinding): void {
  const group = 'rbac.authorization.k8s.io';
  if (roleRef && !roleRef.apiGroup) roleRef.apiGroup = group;
  for (const subject of subjects ?? []) {
    if (!subject.apiGroup && (subject.kind === 'User' || subject.kind === 'Group')) subject.apiGroup = group;
  }
}

/** A namespace bears its name as a label, so that selectors can find it. */
function setNamespaceDefaults(namespace: Namespace, version: KubeVersion): void {
  const { metadata } = namespace;
  if (metadata.name && inVersion(NAMESPACE_LABEL, version)) {
    metadata.labels = { ...metadata.labels, 'kubernetes.io/metadata.name': metadata.name };
  }
  namespace.status = { ...namespace.status, phase: namespace.status?.phase || 'Active' };
}

function setNodeDefaults({ status }: Node): void {
  if (status?.capacity && status.allocatable === undefined) status.allocatable = { ...status.capacity };
}

/**
 * What was written as plain text is kept like the rest (core/v1: conversion.go
 * Convert_v1_Secret_To_core_Secret).
 */
function setSecretDefaults(secret: Secret): void {
  secret.type ||= 'Opaque';
  const { stringData } = secret;
  if (stringData === undefined) return;
  const encoded = sortedKeys(stringData).map((key) => [key, encodeBase64(stringData[key] ?? '')] as const);
  secret.data = { ...secret.data, ...Object.fromEntries(encoded) };
  delete secret.stringData;
}

function setPodTemplateDefaults({ template }: PodTemplate): void {
  if (template?.spec) setPodSpecDefaults(template.spec);
}

function setPersistentVolumeDefaults(volume: PersistentVolume): void {
  volume.status = { ...volume.status, phase: volume.status?.phase || 'Pending' };
  if (volume.spec === undefined) return;
  volume.spec.persistentVolumeReclaimPolicy ||= 'Retain';
  volume.spec.volumeMode ??= 'Filesystem';
  if (volume.spec.hostPath) volume.spec.hostPath.type ??= '';
}

function setPersistentVolumeClaimDefaults(claim: PersistentVolumeClaim): void {
  claim.status = { ...claim.status, phase: claim.status?.phase || 'Pending' };
  if (claim.spec) claim.spec.volumeMode ??= 'Filesystem';
}

function setStorageClassDefaults(storageClass: StorageClass): void {
  storageClass.reclaimPolicy ??= 'Delete';
  storageClass.volumeBindingMode ??= 'Immediate';
}

function setPriorityClassDefaults(priorityClass: PriorityClass): void {
  priorityClass.preemptionPolicy ??= 'PreemptLowerPriority';
}

function setEndpointsDefaults({ subsets }: Endpoints): void {
  for (const { ports } of subsets ?? []) for (const port of ports ?? []) port.protocol ||= 'TCP';
}

function setEndpointSliceDefaults({ ports }: EndpointSlice): void {
  for (const port of ports ?? []) {
    port.name ??= '';
    port.protocol ??= 'TCP';
  }
}

/** Of containers: the limit is the most allowed, and the request is the limit, or else the least allowed. */
function setLimitRangeDefaults({ spec }: LimitRange): void {
  for (const item of spec?.limits ?? []) {
    if (item.type !== 'Container') continue;
    const limit = { ...item.max, ...item.default };
    const request = { ...item.min, ...limit, ...item.defaultRequest };
    if (Object.keys(limit).length > 0) item.default = limit;
    if (Object.keys(request).length > 0) item.defaultRequest = request;
  }
}
