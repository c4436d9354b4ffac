import type { KubeObject } from '../../../../objects/kube-object.ts';
import type {
  ConfigMap,
  CoreEvent,
  CronJob,
  DaemonSet,
  Deployment,
  EndpointSlice,
  Endpoints,
  Job,
  Lease,
  LimitRange,
  Namespace,
  Node,
  Pod,
  ReplicaSet,
  ReplicationController,
  ResourceQuota,
  Secret,
  Service,
  StatefulSet,
} from '../../../../objects/kubernetes.ts';
import type { PrintContext } from '../print-context.ts';
import { printsSince } from '../prints-since.ts';
import { splitReplicaSets } from './deployment-replica-sets.ts';
import { describeConfigMap, describeSecret } from './describe-data.ts';
import { eventsAbout } from './describe-events.ts';
import { describeGeneric } from './describe-generic.ts';
import { describeCronJob, describeJob } from './describe-jobs.ts';
import { describeNamespace } from './describe-namespace.ts';
import { describeNode } from './describe-node.ts';
import { describePod } from './describe-pod.ts';
import { describeService } from './describe-service.ts';
import {
  describeDaemonSet,
  describeDeployment,
  describeReplicaSet,
  describeReplicationController,
  describeStatefulSet,
} from './describe-workloads.ts';

/** What may lie around an object. Only what its kind's description speaks of need be there. */
export interface Surroundings {
  /** Absent with `--show-events=false`. Those that are about other objects are left out. */
  readonly events?: readonly CoreEvent[];
  /** Of a node: those on it that have not ended. Of a workload: those that it selects. */
  readonly pods?: readonly Pod[];
  /** Of a node, or the server's words for why there is none. */
  readonly lease?: Lease | string;
  /** Of a Deployment's namespace; those of other owners are left out. */
  readonly replicaSets?: readonly ReplicaSet[];
  /** Of a service. */
  readonly endpointSlices?: readonly EndpointSlice[];
  /** Of a service, until 1.30. */
  readonly endpoints?: Endpoints;
  /** In a namespace. */
  readonly quotas?: readonly ResourceQuota[];
  /** In a namespace. */
  readonly limitRanges?: readonly LimitRange[];
}

type Describe = (object: KubeObject, around: Surroundings, context: PrintContext) => string;

/** By kind and group; everything else is described generically. */
const DESCRIBERS: Readonly<Record<string, Describe>> = {
  Pod: (pod, { events }, context) => describePod(pod as Pod, events, context),
  Node: (node, { events, pods = [], lease = '' }, context) =>
    describeNode(node as Node, { events, pods, lease }, context),
  Namespace: (namespace, { quotas = [], limitRanges = [] }, context) =>
    describeNamespace(namespace as Namespace, { quotas, limitRanges }, context),
  ConfigMap: (configMap, { events }, context) => describeConfigMap(configMap as ConfigMap, events, context),
  Secret: (secret) => describeSecret(secret as Secret),
  Service: (service, { events, endpointSlices = [], endpoints }, context) =>
    describeService(
      service as Service,
      { events, endpointSlices, ...(endpoints ? { endpoints } : {}) },
      context,
    ),
  ReplicationController: (controller, { events, pods = [] }, context) =>
    describeReplicationController(controller as ReplicationController, { events, pods }, context),
  'Deployment.apps': (object, { events, replicaSets = [] }, context) => {
    const deployment = object as Deployment;
    return describeDeployment(
      deployment,
      { events, ...splitReplicaSets(deployment, replicaSets, context) },
      context,
    );
  },
  'ReplicaSet.apps': (replicaSet, { events, pods = [] }, context) =>
    describeReplicaSet(replicaSet as ReplicaSet, { events, pods }, context),
  'DaemonSet.apps': (daemonSet, { events, pods = [] }, context) =>
    describeDaemonSet(daemonSet as DaemonSet, { events, pods }, context),
  'StatefulSet.apps': (statefulSet, { events, pods = [] }, context) =>
    describeStatefulSet(statefulSet as StatefulSet, { events, pods }, context),
  'Job.batch': (job, { events }, context) => describeJob(job as Job, events, context),
  'CronJob.batch': (cronJob, { events }, context) => describeCronJob(cronJob as CronJob, events, context),
};

/** What `kubectl describe` prints of an object. Several are separated by two blank lines. */
export function describeObject(object: KubeObject, around: Surroundings, context: PrintContext): string {
  const slash = object.apiVersion.indexOf('/');
  const key = slash < 0 ? object.kind : `${object.kind}.${object.apiVersion.slice(0, slash)}`;
  const { events, ...others } = around;
  const about: Surroundings =
    events === undefined ? others : { ...others, events: eventsAbout(object, events, context) };
  const describer: Describe | undefined = DESCRIBERS[key];
  return describer ? describer(object, about, context) : describeGeneric(object, about.events, context);
}

/** The descriptions of several objects, as one `kubectl describe` prints them. */
export function joinDescriptions(descriptions: readonly string[]): string {
  return descriptions.join('\n\n');
}

/** Whether `kubectl describe` speaks of events when nobody says `--show-events`; 1.36 does for one object alone. */
export function describesEvents(objectCount: number, { version }: Pick<PrintContext, 'version'>): boolean {
  return objectCount === 1 || !printsSince(version, 'eventsOfOneObject');
}
