import { formatRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { Resizing, StartFailure } from '../../contract/pod-worker-row.ts';
import { compareText } from '../../objects/json.ts';
import type {
  Container,
  ContainerState,
  ContainerStatus,
  ContainerUser,
  Pod,
} from '../../objects/kubernetes.ts';
import { inVersion, type KubeVersion } from '../../objects/versions.ts';
import { restartsAfter } from './pod-phase.ts';
import { findContainer, type KnownContainer, type RuntimeStatus } from './runtime-status.ts';
import { FORGETS_WHEN_DELETED, HAS_RESOURCES, HAS_USER, HAS_VOLUME_MOUNTS } from './version-differences.ts';

export interface ContainerStatusInput {
  readonly pod: Pod;
  readonly runtime: RuntimeStatus;
  /** Why containers do not start, by their names. */
  readonly reasons: Readonly<Record<string, StartFailure>>;
  readonly epochMs: number;
  readonly version: KubeVersion;
  /** With what its containers have been given; absent: what they shall have. */
  readonly given?: Pod;
  readonly resizing?: Resizing | undefined;
  /** The same containers' statuses as they were told last. */
  readonly before: readonly ContainerStatus[];
}

/**
 * The statuses of a pod's regular containers by name, or of its init containers in their order, without what
 * probes say of them. Kubelet: kubelet_pods.go convertToAPIContainerStatuses.
 */
export function containerStatuses(
  kind: 'regular' | 'init' | 'ephemeral',
  input: ContainerStatusInput,
): ContainerStatus[] {
  const { spec } = input.pod;
  const { containers, initContainers = [], ephemeralContainers = [] } = spec;
  const ofKind = { regular: containers, init: initContainers, ephemeral: ephemeralContainers as Container[] };
  const statuses = ofKind[kind].map((container) => statusOf(container, kind !== 'regular', input));
  return kind === 'init' ? statuses : statuses.sort((a, b) => compareText(a.name, b.name));
}

function statusOf(container: Container, isInit: boolean, input: ContainerStatusInput): ContainerStatus {
  const { runtime, reasons, pod } = input;
  const status = statusFromRuntime(container, input) ?? statusWithoutRuntime(container, input);
  const newest = findContainer(runtime, container.name);
  // An init container that has done its work is not started again.
  if (isInit && newest?.state === 'exited' && newest.row.exit?.code === 0) return status;
  const failure = reasons[container.name];
  if (!failure || !shouldStart(container, newest, asTold(pod, input.version))) return status;
  const lastState: ContainerState = status.state?.terminated ? status.state : (status.lastState ?? {});
  const waiting = { reason: failure.reason, ...(failure.message !== '' && { message: failure.message }) };
  return { ...status, lastState, state: { waiting } };
}

/** Until 1.21 it was told why a container does not start although nobody wants it any more. */
function asTold(pod: Pod, version: KubeVersion): Pod {
  if (inVersion(FORGETS_WHEN_DELETED, version)) return pod;
  const { deletionTimestamp: _, ...metadata } = pod.metadata;
  return { ...pod, metadata };
}

/**
 * Whether a container is to be started, as it was seen last. Kubelet: container/helpers.go
 * ShouldContainerBeRestarted.
 */
export function shouldStart(container: Container, newest: KnownContainer | undefined, pod: Pod): boolean {
  if (pod.metadata.deletionTimestamp !== undefined) return false;
  if (!newest || newest.state === 'created') return true;
  if (newest.state === 'running') return false;
  return restartsAfter(container, pod.spec.restartPolicy ?? 'Always', newest.row.exit?.code ?? 0);
}

function statusFromRuntime(container: Container, input: ContainerStatusInput): ContainerStatus | undefined {
  const [newest, previous] = input.runtime.containers.filter(({ row }) => row.name === container.name);
  if (!newest) return undefined;
  const { row } = newest;
  const { version } = input;
  const hasResources = inVersion(HAS_RESOURCES, version);
  const { requests } = resourcesIn(input.given, container) ?? {};
  const before = input.before.find(({ name }) => name === container.name);
  return {
    name: row.name,
    state: stateOf(newest, input),
    lastState: previous ? stateOf(previous, input) : keptLastState(before),
    ready: false,
    restartCount: row.attempt,
    image: row.image,
    imageID: row.imageId,
    containerID: `containerd://${row.id}`,
    ...(hasResources && requests && { allocatedResources: requests }),
    ...(hasResources && { resources: inForce(input, container) ?? {} }),
    ...mountsOf(container, version),
    ...(inVersion(HAS_USER, version) && { user: userOf(container, input.pod, row.uid) }),
  };
}

function resourcesIn(pod: Pod | undefined, { name, resources }: Container): Container['resources'] {
  const own = [...(pod?.spec.containers ?? []), ...(pod?.spec.initContainers ?? [])];
  return pod ? own.find((each) => each.name === name)?.resources : resources;
}

/** What a container has, and has not been given yet where a change is under way. */
function inForce({ given, resizing }: ContainerStatusInput, container: Container): Container['resources'] {
  const before = resizing?.before.containers.find(({ name }) => name === container.name);
  return before ? before.resources : resourcesIn(given, container);
}

/**
 * The runtime keeps one dead container of a name; what it has let go is remembered from the status before.
 */
function keptLastState(before: ContainerStatus | undefined): ContainerState {
  return before?.lastState?.terminated ? before.lastState : {};
}

function statusWithoutRuntime(
  container: Container,
  { pod, before, version }: ContainerStatusInput,
): ContainerStatus {
  const old = before.find(({ name }) => name === container.name);
  if (old?.state?.terminated) return old;
  const reason = pod.spec.initContainers?.length ? 'PodInitializing' : 'ContainerCreating';
  const status: ContainerStatus = {
    name: container.name,
    state: { waiting: { reason } },
    lastState: old?.lastState ?? {},
    ready: false,
    restartCount: old?.restartCount ?? 0,
    image: container.image ?? '',
    imageID: '',
    ...mountsOf(container, version),
  };
  if (!old?.state?.running || status.lastState?.terminated) return status;
  return lostStatus(status, pod);
}

/** It ran, and is not there any more. Kubelet: kubelet_pods.go, since 1.19. */
function lostStatus(status: ContainerStatus, pod: Pod): ContainerStatus {
  const message =
    'The container could not be located when the pod was deleted.  The container used to be Running';
  // When it ended nobody knows: metav1.Time prints its zero as null.
  const unknown = { startedAt: null, finishedAt: null } as unknown as object;
  const lastState = { terminated: { exitCode: 137, reason: 'ContainerStatusUnknown', message, ...unknown } };
  const isDeleted = pod.metadata.deletionTimestamp !== undefined;
  return { ...status, lastState, restartCount: status.restartCount + (isDeleted ? 0 : 1) };
}

function stateOf({ state, row }: KnownContainer, { epochMs }: ContainerStatusInput): ContainerState {
  const time = (at: number): string => formatRfc3339(epochMs + at);
  if (state === 'created') return { waiting: {} };
  if (state === 'running') return { running: { startedAt: time(row.startedAt ?? row.createdAt) } };
  const { exit } = row;
  return {
    terminated: {
      exitCode: exit?.code ?? 0,
      reason: exit?.reason ?? 'Completed',
      ...(exit?.message !== undefined && { message: exit.message }),
      // One that never ran has no start: Go's zero time of the runtime is 1970.
      startedAt: row.startedAt === undefined ? formatRfc3339(0) : time(row.startedAt),
      finishedAt: time(exit?.at ?? 0),
      containerID: `containerd://${row.id}`,
    },
  };
}

function mountsOf(container: Container, version: KubeVersion): Pick<ContainerStatus, 'volumeMounts'> {
  if (!inVersion(HAS_VOLUME_MOUNTS, version) || !container.volumeMounts?.length) return {};
  const volumeMounts = container.volumeMounts.map(({ name, mountPath, readOnly, recursiveReadOnly }) => ({
    name,
    mountPath,
    ...(readOnly && {
      readOnly,
      recursiveReadOnly:
        recursiveReadOnly === 'Enabled' || recursiveReadOnly === 'IfPossible' ? 'Enabled' : 'Disabled',
    }),
  }));
  return { volumeMounts };
}

function userOf({ securityContext }: Container, { spec }: Pod, uid = 0): ContainerUser {
  const ofPod = spec.securityContext;
  const gid = securityContext?.runAsGroup ?? ofPod?.runAsGroup ?? 0;
  const groups = [
    gid,
    ...(ofPod?.fsGroup === undefined ? [] : [ofPod.fsGroup]),
    ...(ofPod?.supplementalGroups ?? []),
  ];
  return {
    linux: {
      uid,
      gid,
      supplementalGroups: [...new Set(groups)],
    },
  };
}
