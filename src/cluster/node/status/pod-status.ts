import { formatRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { PodWorkerRow, StartFailure } from '../../contract/pod-worker-row.ts';
import { findCondition } from '../../objects/conditions.ts';
import { derived } from '../../objects/derived.ts';
import { extended } from '../../objects/json.ts';
import type { ContainerStatus, Pod, PodCondition, PodSpec, PodStatus } from '../../objects/kubernetes.ts';
import { isTerminal } from '../../objects/pod-phase.ts';
import { isSidecar, podLimits, podRequests, resourceListOf } from '../../objects/pod-resources.ts';
import { inVersion, type KubeVersion, type Since } from '../../objects/versions.ts';
import type { PodProbes } from '../probes/pod-probes.ts';
import { containerStatuses } from './container-statuses.ts';
import { conditionOf, ENDED_BY_KUBELET, isByKubelet, podConditions } from './pod-conditions.ts';
import { podPhase } from './pod-phase.ts';
import type { RuntimeStatus } from './runtime-status.ts';
import {
  HAS_HOST_IPS,
  HAS_POD_RESOURCES,
  INIT_SAYS_STARTED,
  OBSERVES_GENERATION,
} from './version-differences.ts';

export interface PodStatusInput {
  /** As the API server has it, as far as the kubelet knows. */
  readonly pod: Pod;
  /** As the kubelet has told it last. */
  readonly old: PodStatus;
  readonly runtime: RuntimeStatus;
  readonly reasons: Readonly<Record<string, StartFailure>>;
  readonly verdict?: PodWorkerRow['verdict'];
  /** With what its containers have been given, which may not be what they shall have. */
  readonly given?: Pod;
  readonly resizePending?: PodWorkerRow['resizePending'];
  readonly resizing?: PodWorkerRow['resizing'];
  readonly probes: PodProbes;
  readonly hostIp: string;
  /** Nothing of the pod will run again. */
  readonly isOver: boolean;
  readonly now: number;
  readonly epochMs: number;
  readonly version: KubeVersion;
}

/** The status of a pod as its kubelet sees it. Kubelet: kubelet_pods.go generateAPIPodStatus. */
export function podStatus(input: PodStatusInput): PodStatus {
  const { pod, old, runtime, probes, version } = input;
  const regular = containerStatuses('regular', { before: old.containerStatuses ?? [], ...input });
  const init = containerStatuses('init', { before: old.initContainerStatuses ?? [], ...input });
  const ephemeral = pod.spec.ephemeralContainers
    ? containerStatuses('ephemeral', { before: old.ephemeralContainerStatuses ?? [], ...input })
    : [];
  const containers = regular.map((status) => probed(status, probes));
  const initContainers = init.map((status, index) => probedInit(status, index, input));
  const { phase, reason, message } = phaseOf(
    input,
    [...regular, ...init].map((status) => probed(status, probes)),
  );
  const ip = podIp(input);
  const conditions = podConditions({
    pod,
    phase,
    containerStatuses: containers,
    initContainerStatuses: initContainers,
    isSandboxReady: runtime.isSandboxReady,
    others: (pod.status?.conditions ?? []).filter((condition) => !isByKubelet(condition)),
    old,
    now: formatRfc3339(input.epochMs + input.now),
    version,
  });
  return extended(inVersion(OBSERVES_GENERATION, version) ? observed(pod, old) : {}, {
    phase,
    conditions: [...disruptionOf(input), ...resizeConditions(input), ...conditions],
    ...(message !== undefined && { message }),
    ...(reason !== undefined && { reason }),
    hostIP: input.hostIp,
    ...(inVersion(HAS_HOST_IPS, version) && { hostIPs: [{ ip: input.hostIp }] }),
    ...(ip !== undefined && { podIP: ip, podIPs: [{ ip }] }),
    startTime: old.startTime ?? formatRfc3339(input.epochMs + input.now),
    ...(initContainers.length > 0 && { initContainerStatuses: initContainers }),
    containerStatuses: containers,
    ...(ephemeral.length > 0 && { ephemeralContainerStatuses: ephemeral }),
    ...(pod.status?.qosClass !== undefined && { qosClass: pod.status.qosClass }),
    ...podResources(input),
  });
}

/** PodDisruptionConditions: on by default since 1.26. */
const SAYS_DISRUPTED: Since<boolean> = [
  [0, false],
  [26, true],
];

/** A pod that the kubelet evicted says so of itself. Kubelet: eviction_manager.go evictPod. */
function disruptionOf({ pod, old, verdict, version, now, epochMs }: PodStatusInput): PodCondition[] {
  if (verdict?.reason !== 'Evicted' || !inVersion(SAYS_DISRUPTED, version)) return [];
  const told = findCondition(old.conditions, 'DisruptionTarget');
  if (told) return [told];
  const { generation } = pod.metadata;
  return [
    {
      type: 'DisruptionTarget',
      ...(generation !== undefined && { observedGeneration: generation }),
      status: 'True',
      lastProbeTime: null,
      lastTransitionTime: formatRfc3339(epochMs + now),
      reason: ENDED_BY_KUBELET,
      message: verdict.message,
    },
  ];
}

function observed(pod: Pod, old: PodStatus): Pick<PodStatus, 'observedGeneration'> {
  const generation = Math.max(pod.metadata.generation ?? 0, old.observedGeneration ?? 0);
  return generation === 0 ? {} : { observedGeneration: generation };
}

function phaseOf(
  { pod, old, runtime, verdict, isOver }: PodStatusInput,
  statuses: readonly ContainerStatus[],
): Pick<PodStatus, 'reason' | 'message'> & { readonly phase: string } {
  if (verdict) return { phase: 'Failed', reason: verdict.reason, message: verdict.message };
  const regular = new Set(pod.spec.containers.map(({ name }) => name));
  const hasInitialized = runtime.containers.some(
    ({ row, state }) => regular.has(row.name) && state !== 'exited',
  );
  const computed = podPhase({ pod, statuses, isOver, hasInitialized });
  // A terminal phase is for ever.
  const kept = [old.phase, pod.status?.phase].find((phase) => phase === 'Succeeded' || phase === 'Failed');
  const phase = isTerminal(pod) ? (pod.status?.phase ?? computed) : (kept ?? computed);
  if (phase !== old.phase) return { phase };
  const reason = old.reason ?? pod.status?.reason;
  const message = old.message ?? pod.status?.message;
  return { phase, ...(reason !== undefined && { reason }), ...(message !== undefined && { message }) };
}

/** Kubelet: prober_manager.go UpdatePodStatus. */
function probed(status: ContainerStatus, probes: PodProbes): ContainerStatus {
  const started = probes.isStarted(status);
  return extended(status, { started, ready: started && probes.isReady(status) });
}

function probedInit(
  status: ContainerStatus,
  index: number,
  { pod, probes, version }: PodStatusInput,
): ContainerStatus {
  const container = pod.spec.initContainers?.[index];
  const told = probed(status, probes);
  const ready = container && isSidecar(container) ? told.ready : status.state?.terminated?.exitCode === 0;
  if (!inVersion(INIT_SAYS_STARTED, version)) return { ...status, ready };
  return { ...told, ready };
}

function podIp({ pod, runtime, hostIp, old }: PodStatusInput): string | undefined {
  if (pod.spec.hostNetwork) return old.podIP ?? hostIp;
  return runtime.ip;
}

function podResources({
  pod,
  given = pod,
  resizing,
  version,
}: PodStatusInput): Pick<PodStatus, 'resources' | 'allocatedResources'> {
  if (!inVersion(HAS_POD_RESOURCES, version)) return {};
  const told = resourcesOf(given.spec);
  return resizing ? { ...told, ...pickResources(resourcesOf(resizing.before)) } : told;
}

/** What is in force is what was before, until the change has been carried out. */
function pickResources({ resources }: Pick<PodStatus, 'resources'>): Pick<PodStatus, 'resources'> {
  return resources ? { resources } : {};
}

/** Kubelet: status_manager.go GetPodResizeConditions. */
function resizeConditions(input: PodStatusInput): PodCondition[] {
  const { resizePending, resizing, old, now, epochMs, pod, version } = input;
  const told = { old, pod, version, now: formatRfc3339(epochMs + now) };
  return [
    ...(resizePending
      ? [
          conditionOf(told, 'PodResizePending', {
            status: 'True',
            reason: resizePending.reason,
            message: resizePending.message,
          }),
        ]
      : []),
    ...(resizing ? [conditionOf(told, 'PodResizeInProgress', { status: 'True' })] : []),
  ];
}

const resourcesOf = derived((spec: PodSpec): Pick<PodStatus, 'resources' | 'allocatedResources'> => {
  const requests = resourceListOf(podRequests({ spec }));
  const limits = resourceListOf(podLimits({ spec }));
  const hasRequests = Object.keys(requests).length > 0;
  const resources = {
    ...(Object.keys(limits).length > 0 && { limits }),
    ...(hasRequests && { requests }),
  };
  return { resources, ...(hasRequests && { allocatedResources: requests }) };
});
