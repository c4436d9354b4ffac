import type { Container, ContainerStatus, Pod } from '../../objects/kubernetes.ts';
import { isSidecar } from '../../objects/pod-resources.ts';

interface PhaseInput {
  readonly pod: Pod;
  readonly statuses: readonly ContainerStatus[];
  /** The pod has come to its end: nothing of it will run again. */
  readonly isOver: boolean;
  /** One of its regular containers runs, or has been created. */
  readonly hasInitialized: boolean;
}

/** A pod's phase from the states of its containers. Kubelet: kubelet_pods.go getPhase. */
export function podPhase({ pod, statuses, isOver, hasInitialized }: PhaseInput): string {
  const { spec } = pod;
  const init = countInit(spec.initContainers ?? [], statuses, spec.restartPolicy ?? 'Always');
  if (init.failedForGood > 0) return 'Failed';
  const { running, waiting, stopped, succeeded, stoppedForGood, unknown, pendingSidecars } = countRegular(
    pod,
    statuses,
  );
  if (init.pending > 0 || (pendingSidecars > 0 && !hasInitialized) || waiting > 0) return 'Pending';
  if (unknown > 0) return 'Pending';
  if (running > 0) return 'Running';
  if (stopped === 0) return 'Pending';
  if (isOver) return stopped === succeeded ? 'Succeeded' : 'Failed';
  if (stopped !== stoppedForGood) return 'Running';
  return stopped === succeeded ? 'Succeeded' : 'Failed';
}

function countInit(
  containers: readonly Container[],
  statuses: readonly ContainerStatus[],
  policy: string,
): { readonly pending: number; readonly failedForGood: number } {
  let pending = 0;
  let failedForGood = 0;
  for (const container of containers) {
    if (isSidecar(container)) continue;
    const status = statuses.find(({ name }) => name === container.name);
    const ended = status?.state?.terminated ?? (status?.state?.waiting && status.lastState?.terminated);
    if (!ended) pending++;
    else if (ended.exitCode !== 0 && !restartsAfter(container, policy, ended.exitCode)) failedForGood++;
  }
  return { pending, failedForGood };
}

interface Counts {
  running: number;
  waiting: number;
  stopped: number;
  stoppedForGood: number;
  succeeded: number;
  unknown: number;
  pendingSidecars: number;
}

function countRegular(pod: Pod, statuses: readonly ContainerStatus[]): Counts {
  const counts: Counts = {
    running: 0,
    waiting: 0,
    stopped: 0,
    stoppedForGood: 0,
    succeeded: 0,
    unknown: 0,
    pendingSidecars: 0,
  };
  const statusOf = (container: Container): ContainerStatus | undefined =>
    statuses.find(({ name }) => name === container.name);
  for (const sidecar of (pod.spec.initContainers ?? []).filter(isSidecar))
    countSidecar(statusOf(sidecar), counts);
  for (const container of pod.spec.containers) {
    countContainer(container, statusOf(container), { counts, policy: pod.spec.restartPolicy ?? 'Always' });
  }
  return counts;
}

/** Sidecars that have ended do not count: they come back, or their pod is over without them. */
function countSidecar(status: ContainerStatus | undefined, counts: Counts): void {
  if (!status) counts.unknown++;
  else if (status.state?.running) {
    counts.running++;
    if (status.started !== true) counts.pendingSidecars++;
  } else if (status.state?.waiting && !status.lastState?.terminated) {
    counts.waiting++;
    counts.pendingSidecars++;
  }
}

function countContainer(
  container: Container,
  status: ContainerStatus | undefined,
  { counts, policy }: { readonly counts: Counts; readonly policy: string },
): void {
  const { state, lastState } = status ?? {};
  if (state?.running) {
    counts.running++;
    return;
  }
  // One that waits to be started again counts as stopped.
  const ended = state?.terminated ?? (state?.waiting && lastState?.terminated);
  if (ended) {
    counts.stopped++;
    if (!restartsAfter(container, policy, ended.exitCode)) counts.stoppedForGood++;
    if (state?.terminated?.exitCode === 0) counts.succeeded++;
  } else if (state?.waiting) counts.waiting++;
  else counts.unknown++;
}

/**
 * Whether a container starts again after it ended with an exit code. Its own policy goes before its pod's.
 */
export function restartsAfter(container: Container, podPolicy: string, exitCode: number): boolean {
  switch (container.restartPolicy ?? podPolicy) {
    case 'Never':
      return false;
    case 'OnFailure':
      return exitCode !== 0;
    default:
      return true;
  }
}
