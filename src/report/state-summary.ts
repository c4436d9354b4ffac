import type { ConditionLike } from '../cluster/objects/conditions.ts';
import type { KubeObject } from '../cluster/objects/kube-object.ts';
import type {
  ContainerStatus,
  CoreEvent,
  DaemonSet,
  Deployment,
  Job,
  Node,
  Pod,
  ReplicaSet,
  StatefulSet,
} from '../cluster/objects/kubernetes.ts';
import { storageKey } from '../cluster/objects/storage-key.ts';
import { objectReader } from '../cluster/world/readers.ts';
import type { World } from '../cluster/world/world.ts';
import { MINUTE } from '../kernel/time/millis.ts';
import { parseRfc3339 } from '../kernel/time/rfc3339.ts';
import { isReady, podState } from '../replay/pod-state.ts';
import { restartsOf, summaries } from './pod-summaries.ts';
import { trafficLines } from './traffic-lines.ts';

/** How a world is, as a person asks for it first. */
export interface StateSummary {
  readonly nodes: { readonly all: number; readonly ready: number };
  /** How many pods kubectl shows with each status, in its words: `[['Running', 3]]`. */
  readonly pods: readonly (readonly [status: string, count: number])[];
  readonly workloads: readonly WorkloadState[];
  /** What became of the requests of each client, in lines. */
  readonly traffic: readonly string[];
  readonly unhealthy: readonly Unhealthy[];
}

interface WorkloadState {
  /** As one types it: `deployment/web`, with `-n shop` outside of the context's namespace. */
  readonly object: string;
  readonly ready: number;
  readonly wanted: number;
}

interface Unhealthy {
  readonly object: string;
  /** `CrashLoopBackOff 0/1, restarts 5`. */
  readonly is: string;
  /** What Kubernetes says of it. */
  readonly because?: string;
}

export function stateSummary(world: World, namespace?: string): StateSummary {
  const { tables } = world.store;
  const reader = objectReader({ tables, seq: world.seq });
  const list = <Kind extends KubeObject>(resource: string): readonly Kind[] =>
    reader.list<Kind>(resource, namespace);
  const nodes = reader.list<Node>('nodes');
  const pods = list<Pod>('pods');
  const workloads = [
    ...list<Deployment>('deployments.apps').map(replicated),
    ...list<StatefulSet>('statefulsets.apps').map(replicated),
    // Those of a Deployment are its own business.
    ...list<ReplicaSet>('replicasets.apps')
      .filter(({ metadata }) => !metadata.ownerReferences?.some(({ controller }) => controller))
      .map(replicated),
    ...list<DaemonSet>('daemonsets.apps').map((object) => ({
      object,
      ready: object.status?.numberReady ?? 0,
      wanted: object.status?.desiredNumberScheduled ?? 0,
    })),
    ...list<Job>('jobs.batch').map((object) => ({
      object,
      ready: object.status?.succeeded ?? 0,
      wanted: object.spec?.completions ?? 1,
    })),
  ];
  return {
    nodes: { all: nodes.length, ready: nodes.filter(isReadyNode).length },
    pods: statusCounts(pods, world),
    workloads: workloads.map(({ object, ready, wanted }) => ({
      object: typedName(object, world),
      ready,
      wanted,
    })),
    traffic: [...tables.traffic.keysBy('all', '', world.seq)].flatMap((client) => {
      const row = tables.traffic.read(client, world.seq);
      return row ? trafficLines(client, row.totals) : [];
    }),
    unhealthy: [
      ...nodes.flatMap((node) => unhealthyNode(node, world)),
      ...workloads.flatMap(({ object }) => unhealthyWorkload(object, world)),
      ...pods.flatMap((pod) => unhealthyPod(pod, world)),
    ],
  };
}

function replicated(object: Deployment | ReplicaSet | StatefulSet): {
  readonly object: KubeObject;
  readonly ready: number;
  readonly wanted: number;
} {
  return { object, ready: object.status?.readyReplicas ?? 0, wanted: object.spec?.replicas ?? 1 };
}

function statusCounts(pods: readonly Pod[], world: World): StateSummary['pods'] {
  const counts = new Map<string, number>();
  for (const pod of pods) {
    const { status } = summaries(pod, pod, world).now;
    counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  return [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
}

/** As one names it to kubectl and to this program: `pod/web -n shop`. */
function typedName({ kind, metadata: { name = '', namespace } }: KubeObject, world: World): string {
  const { settings } = world.store.tables;
  const context = settings.read('cluster', world.seq)?.namespace ?? 'default';
  const place = namespace === undefined || namespace === context ? '' : ` -n ${namespace}`;
  return `${kind.toLowerCase()}/${name}${place}`;
}

function isReadyNode(node: Node): boolean {
  return conditionOf(node, 'Ready')?.status === 'True';
}

function conditionOf(object: KubeObject, type: string): ConditionLike | undefined {
  const { conditions = [] } = (object as { status?: { conditions?: ConditionLike[] } }).status ?? {};
  return conditions.find((each) => each.type === type);
}

function unhealthyNode(node: Node, world: World): readonly Unhealthy[] {
  if (isReadyNode(node)) return [];
  const { reason = '', message } = conditionOf(node, 'Ready') ?? {};
  return [unhealthy(node, { is: `NotReady ${reason}`.trim(), because: message }, world)];
}

/** Where a controller itself says that it gets no further. */
function unhealthyWorkload(object: KubeObject, world: World): readonly Unhealthy[] {
  const failed =
    [conditionOf(object, 'ReplicaFailure'), conditionOf(object, 'Failed')].find(
      (each) => each?.status === 'True',
    ) ?? [conditionOf(object, 'Progressing')].find((each) => each?.status === 'False');
  if (!failed) return [];
  return [unhealthy(object, { is: failed.reason ?? failed.type, because: failed.message }, world)];
}

/** A pod that fails, or could not be placed, or runs and is not ready. */
function unhealthyPod(pod: Pod, world: World): readonly Unhealthy[] {
  const { ready, status } = summaries(pod, pod, world).now;
  const isPlaced = conditionOf(pod, 'PodScheduled')?.status !== 'False';
  const isUnready = status === 'Running' && !isReady(pod);
  if (podState(pod) !== 'failing' && isPlaced && !isUnready && !hasFailedOfLate(pod, world)) return [];
  const restarts = restartsOf(pod);
  const is = [
    `${status} ${ready}`,
    ...(restarts > 0 ? [`restarts ${restarts}`] : []),
    ...lastExits(pod),
  ].join(', ');
  return [unhealthy(pod, { is, because: waitingFor(pod) ?? lastWarning(pod, world) }, world)];
}

/** A kubelet forgets that a container has failed once it has run for so long (kuberuntime: back-off). */
const REMEMBERED_MS = 10 * MINUTE;

/** A container that failed and was started anew is not well yet, though it runs. */
function hasFailedOfLate({ status, metadata }: Pod, { store, seq, at }: World): boolean {
  if (metadata.deletionTimestamp !== undefined || status?.phase !== 'Running') return false;
  const nowMs = (store.tables.settings.read('cluster', seq)?.epochMs ?? 0) + at;
  return (status.containerStatuses ?? []).some(({ lastState }) => {
    const { exitCode = 0, finishedAt = '' } = lastState?.terminated ?? {};
    return exitCode !== 0 && nowMs - (parseRfc3339(finishedAt ?? '') ?? 0) < REMEMBERED_MS;
  });
}

/** `exit code 137 (OOMKilled)`, of containers that failed. */
function lastExits({ status }: Pod): readonly string[] {
  const exits = containersOf(status).flatMap(({ state, lastState }) => {
    const { exitCode = 0, reason = '' } = state?.terminated ?? lastState?.terminated ?? {};
    return exitCode === 0 ? [] : [`exit code ${exitCode}${reason ? ` (${reason})` : ''}`];
  });
  return [...new Set(exits)];
}

/** What keeps a container from being started; that it waits for its next try says nothing of why. */
function waitingFor({ status }: Pod): string | undefined {
  const waiting = containersOf(status).map(({ state }) => state?.waiting);
  return waiting.find((each) => each?.message && each.reason !== 'CrashLoopBackOff')?.message;
}

function containersOf(status: Pod['status']): readonly ContainerStatus[] {
  return [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
}

function unhealthy(
  object: KubeObject,
  { is, because }: { readonly is: string; readonly because: string | undefined },
  world: World,
): Unhealthy {
  return { object: typedName(object, world), is, ...(because ? { because: because.trim() } : {}) };
}

function lastWarning({ metadata: { uid = '' } }: Pod, { store, seq }: World): string | undefined {
  const { objects } = store.tables;
  const about = objectReader({ tables: store.tables, seq }).listBy<CoreEvent>('involved', uid);
  const [last] = about
    .filter(({ type }) => type === 'Warning')
    .map((event) => {
      const { name = '', namespace = '' } = event.metadata;
      return { event, at: objects.changedAt(storageKey({ resource: 'events', namespace, name }), seq) ?? 0 };
    })
    .sort((a, b) => b.at - a.at);
  return last && `${last.event.reason}: ${last.event.message ?? ''}`;
}
