import type { KubeObject } from '../../../../objects/kube-object.ts';
import type {
  CertificateSigningRequest,
  ClusterRole,
  ClusterRoleBinding,
  ConfigMap,
  CronJob,
  DaemonSet,
  Deployment,
  EndpointSlice,
  Endpoints,
  HorizontalPodAutoscaler,
  Ingress,
  IngressClass,
  Job,
  LimitRange,
  Namespace,
  NetworkPolicy,
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  PodDisruptionBudget,
  PriorityClass,
  ReplicaSet,
  ReplicationController,
  ResourceQuota,
  Role,
  RoleBinding,
  Secret,
  Service,
  ServiceAccount,
  StatefulSet,
  StorageClass,
} from '../../../../objects/kubernetes.ts';
import type { PrintContext } from '../print-context.ts';
import { splitReplicaSets } from './deployment-replica-sets.ts';
import { describeHorizontalPodAutoscaler } from './describe-autoscaler.ts';
import { describeCertificateRequest } from './describe-certificate-request.ts';
import { describeConfigMap, describeSecret } from './describe-data.ts';
import { describeEndpointSlice, describeEndpoints } from './describe-endpoints.ts';
import { describeIngress, describeIngressClass } from './describe-ingress.ts';
import { describeCronJob, describeJob } from './describe-jobs.ts';
import { describeNamespace } from './describe-namespace.ts';
import { describeNetworkPolicy } from './describe-network-policy.ts';
import { describeNode } from './describe-node.ts';
import { describePod } from './describe-pod.ts';
import {
  describeLimitRange,
  describePodDisruptionBudget,
  describePriorityClass,
  describeResourceQuota,
  describeServiceAccount,
} from './describe-policy.ts';
import { describeRole, describeRoleBinding } from './describe-rbac.ts';
import { describeService } from './describe-service.ts';
import {
  describePersistentVolume,
  describePersistentVolumeClaim,
  describeStorageClass,
} from './describe-storage.ts';
import {
  describeDaemonSet,
  describeDeployment,
  describeReplicaSet,
  describeReplicationController,
  describeStatefulSet,
} from './describe-workloads.ts';
import type { Surroundings } from './surroundings.ts';

type Describe = (object: KubeObject, around: Surroundings, context: PrintContext) => string;

/** By kind and group. What is not here is described generically. */
export const DESCRIBERS: Readonly<Record<string, Describe>> = {
  Pod: (pod, { events }, context) => describePod(pod as Pod, events, context),
  Node: (node, { events, pods = [], lease = '' }, context) =>
    describeNode(node as Node, { events, pods, lease }, context),
  Namespace: (namespace, { quotas = [], limitRanges = [] }, context) =>
    describeNamespace(namespace as Namespace, { quotas, limitRanges }, context),
  ConfigMap: (configMap, { events }, context) => describeConfigMap(configMap as ConfigMap, events, context),
  Secret: (secret) => describeSecret(secret as Secret),
  Service: (service, { events, endpointSlices = [], endpoints = [] }, context) =>
    describeService(service as Service, { events, endpointSlices, endpoints }, context),
  Endpoints: (endpoints, { events }, context) => describeEndpoints(endpoints as Endpoints, events, context),
  ServiceAccount: (account, { events, secrets = [] }, context) =>
    describeServiceAccount(account as ServiceAccount, { events, secrets }, context),
  PersistentVolume: (volume, { events }, context) =>
    describePersistentVolume(volume as PersistentVolume, events, context),
  PersistentVolumeClaim: (claim, { events, pods = [] }, context) =>
    describePersistentVolumeClaim(claim as PersistentVolumeClaim, { events, pods }, context),
  ResourceQuota: (quota, _, context) => describeResourceQuota(quota as ResourceQuota, context),
  LimitRange: (limitRange) => describeLimitRange(limitRange as LimitRange),
  ReplicationController: (controller, { events, pods = [] }, context) =>
    describeReplicationController(controller as ReplicationController, { events, pods }, context),
  'Deployment.apps': (object, { events, replicaSets = [] }, context) => {
    const deployment = object as Deployment;
    const split = splitReplicaSets(deployment, replicaSets, context);
    return describeDeployment(deployment, { events, ...split }, context);
  },
  'ReplicaSet.apps': (replicaSet, { events, pods = [] }, context) =>
    describeReplicaSet(replicaSet as ReplicaSet, { events, pods }, context),
  'DaemonSet.apps': (daemonSet, { events, pods = [] }, context) =>
    describeDaemonSet(daemonSet as DaemonSet, { events, pods }, context),
  'StatefulSet.apps': (statefulSet, { events, pods = [] }, context) =>
    describeStatefulSet(statefulSet as StatefulSet, { events, pods }, context),
  'Job.batch': (job, { events }, context) => describeJob(job as Job, events, context),
  'CronJob.batch': (cronJob, { events }, context) => describeCronJob(cronJob as CronJob, events, context),
  'HorizontalPodAutoscaler.autoscaling': (autoscaler, { events }, context) =>
    describeHorizontalPodAutoscaler(autoscaler as HorizontalPodAutoscaler, events, context),
  'PodDisruptionBudget.policy': (budget, { events }, context) =>
    describePodDisruptionBudget(budget as PodDisruptionBudget, events, context),
  'PriorityClass.scheduling.k8s.io': (priorityClass, { events }, context) =>
    describePriorityClass(priorityClass as PriorityClass, events, context),
  'StorageClass.storage.k8s.io': (storageClass, { events }, context) =>
    describeStorageClass(storageClass as StorageClass, events, context),
  'EndpointSlice.discovery.k8s.io': (slice, { events }, context) =>
    describeEndpointSlice(slice as EndpointSlice, events, context),
  'Ingress.networking.k8s.io': (
    ingress,
    { events, services = [], endpointSlices = [], endpoints = [] },
    context,
  ) => describeIngress(ingress as Ingress, { events, services, endpointSlices, endpoints }, context),
  'IngressClass.networking.k8s.io': (ingressClass, { events }, context) =>
    describeIngressClass(ingressClass as IngressClass, events, context),
  'NetworkPolicy.networking.k8s.io': (policy, _, context) =>
    describeNetworkPolicy(policy as NetworkPolicy, context),
  'CertificateSigningRequest.certificates.k8s.io': (request, { events }, context) =>
    describeCertificateRequest(request as CertificateSigningRequest, events, context),
  'Role.rbac.authorization.k8s.io': (role) => describeRole(role as Role),
  'ClusterRole.rbac.authorization.k8s.io': (role) => describeRole(role as ClusterRole),
  'RoleBinding.rbac.authorization.k8s.io': (binding) => describeRoleBinding(binding as RoleBinding),
  'ClusterRoleBinding.rbac.authorization.k8s.io': (binding) =>
    describeRoleBinding(binding as ClusterRoleBinding),
};
