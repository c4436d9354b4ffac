import type { Json } from '../cluster/objects/json.ts';
import type { KubeObject } from '../cluster/objects/kube-object.ts';
import type {
  ClusterRole,
  ClusterRoleBinding,
  ConfigMap,
  ControllerRevision,
  CoreEvent,
  CronJob,
  CSIDriver,
  CSINode,
  CustomResourceDefinition,
  DaemonSet,
  Deployment,
  EndpointSlice,
  Endpoints,
  HorizontalPodAutoscaler,
  Ingress,
  IngressClass,
  Job,
  Lease,
  LimitRange,
  MutatingWebhookConfiguration,
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
  RuntimeClass,
  Secret,
  Service,
  ServiceAccount,
  StatefulSet,
  StorageClass,
  ValidatingWebhookConfiguration,
  VolumeAttachment,
} from '../cluster/objects/kubernetes.ts';

/** The types of the objects of Kubernetes, by kind. */
export interface Kinds {
  ClusterRole: ClusterRole;
  ClusterRoleBinding: ClusterRoleBinding;
  ConfigMap: ConfigMap;
  ControllerRevision: ControllerRevision;
  CronJob: CronJob;
  CSIDriver: CSIDriver;
  CSINode: CSINode;
  CustomResourceDefinition: CustomResourceDefinition;
  DaemonSet: DaemonSet;
  Deployment: Deployment;
  Endpoints: Endpoints;
  EndpointSlice: EndpointSlice;
  Event: CoreEvent;
  HorizontalPodAutoscaler: HorizontalPodAutoscaler;
  Ingress: Ingress;
  IngressClass: IngressClass;
  Job: Job;
  Lease: Lease;
  LimitRange: LimitRange;
  MutatingWebhookConfiguration: MutatingWebhookConfiguration;
  Namespace: Namespace;
  NetworkPolicy: NetworkPolicy;
  Node: Node;
  PersistentVolume: PersistentVolume;
  PersistentVolumeClaim: PersistentVolumeClaim;
  Pod: Pod;
  PodDisruptionBudget: PodDisruptionBudget;
  PriorityClass: PriorityClass;
  ReplicaSet: ReplicaSet;
  ReplicationController: ReplicationController;
  ResourceQuota: ResourceQuota;
  Role: Role;
  RoleBinding: RoleBinding;
  RuntimeClass: RuntimeClass;
  Secret: Secret;
  Service: Service;
  ServiceAccount: ServiceAccount;
  StatefulSet: StatefulSet;
  StorageClass: StorageClass;
  ValidatingWebhookConfiguration: ValidatingWebhookConfiguration;
  VolumeAttachment: VolumeAttachment;
}

/** An object of a kind that is not known here, such as one of a CustomResourceDefinition. */
export interface OtherObject extends KubeObject {
  [field: string]: Json | KubeObject['metadata'];
}

/** What an object of a kind is. */
export type ObjectOf<Kind extends string> = Kind extends keyof Kinds ? Kinds[Kind] : OtherObject;

/** What one may write for a kind: those that are known are offered, any other will do. */
export type KindName = keyof Kinds | (string & {});
