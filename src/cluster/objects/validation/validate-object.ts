import { checkDefinitionUpdate, checkNewDefinition } from '../custom/check-definition.ts';
import type { KubeObject } from '../kube-object.ts';
import { resourceForKind, splitApiVersion } from '../schema/resources.ts';
import type { KubeVersion } from '../versions.ts';
import { checkAutoscalerUpdate, checkNewAutoscaler } from './check-autoscaler.ts';
import {
  checkCertificateRequestApproval,
  checkCertificateRequestStatusUpdate,
  checkCertificateRequestUpdate,
  checkNewCertificateRequest,
} from './check-certificate-request.ts';
import {
  checkConfigMapUpdate,
  checkNewConfigMap,
  checkNewSecret,
  checkSecretUpdate,
} from './check-config.ts';
import { checkEndpointsUpdate, checkNewEndpoints } from './check-endpoints.ts';
import { checkCoreEvent } from './check-event.ts';
import { checkIngressUpdate, checkNewIngress } from './check-ingress.ts';
import {
  checkNamespaceFinalizeUpdate,
  checkNamespaceStatusUpdate,
  checkNamespaceUpdate,
  checkNewNamespace,
} from './check-namespace.ts';
import { checkNetworkPolicyUpdate, checkNewNetworkPolicy } from './check-network-policy.ts';
import { checkNewNode, checkNodeUpdate } from './check-node.ts';
import { checkNewQuota, checkQuotaUpdate } from './check-quota.ts';
import {
  checkClusterRoleBindingUpdate,
  checkClusterRoleUpdate,
  checkNewClusterRole,
  checkNewClusterRoleBinding,
  checkNewRole,
  checkNewRoleBinding,
  checkRoleBindingUpdate,
  checkRoleUpdate,
} from './check-rbac.ts';
import { checkNewService, checkServiceUpdate } from './check-service.ts';
import type { FieldErrors } from './field-error.ts';
import { checkObjectMeta, checkObjectMetaUpdate } from './object-meta.ts';
import { checkEphemeralUpdate, checkNewPod, checkPodStatusUpdate, checkPodUpdate } from './pod/check-pod.ts';
import { checkPodResize } from './pod/check-pod-resize.ts';
import { checkClaimUpdate, checkNewClaim } from './storage/check-claim.ts';
import { checkNewStorageClass, checkStorageClassUpdate } from './storage/check-storage-class.ts';
import { checkNewVolume, checkVolumeUpdate } from './storage/check-volume.ts';
import { checkCronJobUpdate, checkNewCronJob } from './workloads/check-cron-job.ts';
import { checkDaemonSetUpdate, checkNewDaemonSet } from './workloads/check-daemon-set.ts';
import {
  checkControllerUpdate,
  checkDeploymentUpdate,
  checkNewController,
  checkNewDeployment,
  checkNewReplicaSet,
  checkReplicaSetUpdate,
} from './workloads/check-deployment.ts';
import { checkJobUpdate, checkNewJob } from './workloads/check-job.ts';
import { checkNewStatefulSet, checkStatefulSetUpdate } from './workloads/check-stateful-set.ts';

/**
 * Why the API server would refuse an object, empty when it would not. The object has its defaults and has
 * been admitted. Of kinds without rules of their own here, the metadata is checked.
 */
export function validateCreate(object: KubeObject, isNamespaced = isOfNamespaces(object)): FieldErrors {
  const check = CREATE[checksOf(object)];
  if (check !== undefined) return check(object as never);
  return checkObjectMeta(object.metadata, { isNamespaced, isCustom: isCustom(object) });
}

function isOfNamespaces({ apiVersion, kind }: KubeObject): boolean {
  return resourceForKind(apiVersion, kind)?.isNamespaced ?? true;
}

function isCustom({ apiVersion, kind }: KubeObject): boolean {
  return resourceForKind(apiVersion, kind) === undefined;
}

// Asked for with every write.
const checksKnown = new Map<string, Map<string, string>>();

/**
 * Why the API server would refuse to put an object in the place of another. `subresource` is `status`,
 * `finalize` or absent. Metadata that no client may change has been set back already, and the new object
 * names the version of the old one that it replaces.
 */
export function validateUpdate(
  object: KubeObject,
  old: KubeObject,
  subresource: string | undefined,
  version: KubeVersion,
): FieldErrors {
  const check = UPDATE[checksOf(object)]?.[subresource ?? ''];
  if (check) return check(object as never, old as never, version);
  return object.metadata === old.metadata
    ? NO_ERRORS
    : checkObjectMetaUpdate(object.metadata, old.metadata, isCustom(object));
}

const NO_ERRORS: FieldErrors = [];

/** Kinds of the core group go by their names alone; old versions of a group have the same rules. */
function checksOf({ apiVersion, kind }: KubeObject): string {
  let kinds = checksKnown.get(apiVersion);
  if (!kinds) {
    kinds = new Map();
    checksKnown.set(apiVersion, kinds);
  }
  let checks = kinds.get(kind);
  if (checks === undefined) {
    const { group } = splitApiVersion(apiVersion);
    checks = group === '' ? kind : `${kind}.${group}`;
    kinds.set(kind, checks);
  }
  return checks;
}

const CREATE: Readonly<Record<string, (object: never) => FieldErrors>> = {
  ConfigMap: checkNewConfigMap,
  Endpoints: checkNewEndpoints,
  Event: checkCoreEvent,
  Namespace: checkNewNamespace,
  Node: checkNewNode,
  PersistentVolume: checkNewVolume,
  PersistentVolumeClaim: checkNewClaim,
  Pod: checkNewPod,
  ReplicationController: checkNewController,
  ResourceQuota: checkNewQuota,
  Secret: checkNewSecret,
  Service: checkNewService,
  'CronJob.batch': checkNewCronJob,
  'DaemonSet.apps': checkNewDaemonSet,
  'Deployment.apps': checkNewDeployment,
  'Job.batch': checkNewJob,
  'ReplicaSet.apps': checkNewReplicaSet,
  'StatefulSet.apps': checkNewStatefulSet,
  'HorizontalPodAutoscaler.autoscaling': checkNewAutoscaler,
  'CertificateSigningRequest.certificates.k8s.io': checkNewCertificateRequest,
  'CustomResourceDefinition.apiextensions.k8s.io': checkNewDefinition,
  'Ingress.networking.k8s.io': checkNewIngress,
  'NetworkPolicy.networking.k8s.io': checkNewNetworkPolicy,
  'ClusterRole.rbac.authorization.k8s.io': checkNewClusterRole,
  'ClusterRoleBinding.rbac.authorization.k8s.io': checkNewClusterRoleBinding,
  'Role.rbac.authorization.k8s.io': checkNewRole,
  'RoleBinding.rbac.authorization.k8s.io': checkNewRoleBinding,
  'StorageClass.storage.k8s.io': checkNewStorageClass,
};

type CheckUpdate = (object: never, old: never, version: KubeVersion) => FieldErrors;

/** By kind and subresource. */
const UPDATE: Readonly<Record<string, Readonly<Record<string, CheckUpdate>>>> = {
  ConfigMap: { '': checkConfigMapUpdate },
  Endpoints: { '': checkEndpointsUpdate },
  Event: { '': checkCoreEvent },
  Namespace: {
    '': checkNamespaceUpdate,
    finalize: checkNamespaceFinalizeUpdate,
    status: checkNamespaceStatusUpdate,
  },
  Node: { '': checkNodeUpdate, status: checkNodeUpdate },
  PersistentVolume: { '': checkVolumeUpdate },
  PersistentVolumeClaim: { '': checkClaimUpdate },
  Pod: {
    '': checkPodUpdate,
    ephemeralcontainers: checkEphemeralUpdate,
    resize: checkPodResize,
    status: checkPodStatusUpdate,
  },
  ReplicationController: { '': checkControllerUpdate },
  ResourceQuota: { '': checkQuotaUpdate },
  Secret: { '': checkSecretUpdate },
  Service: { '': checkServiceUpdate },
  'CronJob.batch': { '': checkCronJobUpdate },
  'DaemonSet.apps': { '': checkDaemonSetUpdate },
  'Deployment.apps': { '': checkDeploymentUpdate },
  'Job.batch': { '': checkJobUpdate },
  'ReplicaSet.apps': { '': checkReplicaSetUpdate },
  'StatefulSet.apps': { '': checkStatefulSetUpdate },
  'HorizontalPodAutoscaler.autoscaling': { '': checkAutoscalerUpdate },
  'CustomResourceDefinition.apiextensions.k8s.io': { '': checkDefinitionUpdate },
  'CertificateSigningRequest.certificates.k8s.io': {
    '': checkCertificateRequestUpdate,
    approval: checkCertificateRequestApproval,
    status: checkCertificateRequestStatusUpdate,
  },
  'Ingress.networking.k8s.io': { '': checkIngressUpdate },
  'NetworkPolicy.networking.k8s.io': { '': checkNetworkPolicyUpdate },
  'ClusterRole.rbac.authorization.k8s.io': { '': checkClusterRoleUpdate },
  'ClusterRoleBinding.rbac.authorization.k8s.io': { '': checkClusterRoleBindingUpdate },
  'Role.rbac.authorization.k8s.io': { '': checkRoleUpdate },
  'RoleBinding.rbac.authorization.k8s.io': { '': checkRoleBindingUpdate },
  'StorageClass.storage.k8s.io': { '': checkStorageClassUpdate },
};
