import { findCondition, isConditionTrue } from '../../objects/conditions.ts';
import type { ContainerStatus, Pod, PodCondition, PodStatus } from '../../objects/kubernetes.ts';
import { isSidecar } from '../../objects/pod-resources.ts';
import { inVersion, type KubeVersion } from '../../objects/versions.ts';
import { HAS_READY_TO_START, OBSERVES_GENERATION, SAYS_POD_FAILED } from './version-differences.ts';

const BY_KUBELET = new Set([
  'PodReadyToStartContainers',
  'Initialized',
  'Ready',
  'ContainersReady',
  'PodScheduled',
  'PodResizePending',
  'PodResizeInProgress',
]);

/** That a kubelet ends a pod to keep its node alive. */
export const ENDED_BY_KUBELET = 'TerminationByKubelet';

export function isByKubelet({ type, reason }: PodCondition): boolean {
  return BY_KUBELET.has(type) || reason === ENDED_BY_KUBELET;
}

interface ConditionInput {
  readonly pod: Pod;
  readonly phase: string;
  readonly containerStatuses: readonly ContainerStatus[];
  readonly initContainerStatuses: readonly ContainerStatus[];
  readonly isSandboxReady: boolean;
  /** Conditions that others have set, kept and put first. */
  readonly others: readonly PodCondition[];
  readonly old: PodStatus;
  /** As the API writes it. */
  readonly now: string;
  readonly version: KubeVersion;
}

/** All conditions of a pod, in the order in which kubelets write them. Kubelet: status/generate.go. */
export function podConditions(input: ConditionInput): PodCondition[] {
  const { others, version, isSandboxReady } = input;
  const ready = inVersion(HAS_READY_TO_START, version)
    ? [conditionOf(input, 'PodReadyToStartContainers', isSandboxReady ? TRUE : FALSE)]
    : [];
  const containersReady = containersReadyVerdict(input);
  return [
    ...others,
    ...ready,
    conditionOf(input, 'Initialized', initializedVerdict(input)),
    conditionOf(input, 'Ready', readyVerdict(input, containersReady)),
    conditionOf(input, 'ContainersReady', containersReady),
    conditionOf(input, 'PodScheduled', TRUE),
  ];
}

export interface Verdict {
  readonly status: 'True' | 'False';
  readonly reason?: string;
  readonly message?: string;
}

const TRUE: Verdict = { status: 'True' };
const FALSE: Verdict = { status: 'False' };

/** A condition with its time: that of the last change of its status. */
export function conditionOf(
  { old, now, pod, version }: Pick<ConditionInput, 'old' | 'now' | 'pod' | 'version'>,
  type: string,
  verdict: Verdict,
): PodCondition {
  const before = findCondition(old.conditions, type);
  const { generation } = pod.metadata;
  const isObserved = generation !== undefined && inVersion(OBSERVES_GENERATION, version);
  return {
    type,
    ...(isObserved && { observedGeneration: generation }),
    status: verdict.status,
    lastProbeTime: null,
    lastTransitionTime: before?.status === verdict.status ? (before.lastTransitionTime ?? now) : now,
    ...(verdict.reason !== undefined && { reason: verdict.reason }),
    ...(verdict.message !== undefined && { message: verdict.message }),
  };
}

/** Ready and ContainersReady of a pod that is over. */
export function overVerdict(phase: string): Verdict {
  return { status: 'False', reason: phase === 'Failed' ? 'PodFailed' : 'PodCompleted' };
}

function containersReadyVerdict({ pod, phase, version, ...statuses }: ConditionInput): Verdict {
  const all = [...statuses.initContainerStatuses, ...statuses.containerStatuses];
  const watched = [...(pod.spec.initContainers ?? []).filter(isSidecar), ...pod.spec.containers];
  const unknown: string[] = [];
  const unready: string[] = [];
  for (const { name } of watched) {
    const status = all.find((candidate) => candidate.name === name);
    if (!status) unknown.push(name);
    else if (!status.ready) unready.push(name);
  }
  if (phase === 'Succeeded' && unknown.length === 0) return overVerdict(phase);
  if (phase === 'Failed' && inVersion(SAYS_POD_FAILED, version)) return overVerdict(phase);
  const message = listed({ unknown, unready }, 'unready');
  return message === '' ? TRUE : { status: 'False', reason: 'ContainersNotReady', message };
}

function readyVerdict({ pod, others }: ConditionInput, containersReady: Verdict): Verdict {
  if (containersReady.status !== 'True') return containersReady;
  const unmet: string[] = [];
  for (const { conditionType } of pod.spec.readinessGates ?? []) {
    const condition = findCondition(others, conditionType);
    if (!condition)
      unmet.push(`corresponding condition of pod readiness gate "${conditionType}" does not exist.`);
    else if (condition.status !== 'True') {
      unmet.push(
        `the status of pod readiness gate "${conditionType}" is not "True", but ${condition.status}`,
      );
    }
  }
  if (unmet.length === 0) return TRUE;
  return { status: 'False', reason: 'ReadinessGatesNotReady', message: unmet.join(', ') };
}

function initializedVerdict({
  pod,
  phase,
  old,
  containerStatuses,
  initContainerStatuses,
}: ConditionInput): Verdict {
  const unknown: string[] = [];
  const incomplete: string[] = [];
  for (const container of pod.spec.initContainers ?? []) {
    const status = initContainerStatuses.find(({ name }) => name === container.name);
    if (!status) unknown.push(container.name);
    else if (isSidecar(container) ? status.started !== true : !status.ready) incomplete.push(container.name);
  }
  if (phase === 'Succeeded' && unknown.length === 0) return { status: 'True', reason: 'PodCompleted' };
  if (containerStatuses.some(hasStarted)) return TRUE;
  const message = listed({ unknown, unready: incomplete }, 'incomplete');
  // Once initialized, a pod stays so, whatever its sidecars do now.
  if (message === '' || isConditionTrue(old.conditions, 'Initialized')) return TRUE;
  return { status: 'False', reason: 'ContainersNotInitialized', message };
}

function hasStarted({ state }: ContainerStatus): boolean {
  return Boolean(state?.running || state?.terminated);
}

function listed(
  { unknown, unready }: { readonly unknown: readonly string[]; readonly unready: readonly string[] },
  word: string,
): string {
  const parts: string[] = [];
  if (unknown.length > 0) parts.push(`containers with unknown status: [${unknown.join(' ')}]`);
  if (unready.length > 0) parts.push(`containers with ${word} status: [${unready.join(' ')}]`);
  return parts.join(', ');
}
