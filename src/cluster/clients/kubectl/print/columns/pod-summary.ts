import { parseRfc3339 } from '../../../../../kernel/time/rfc3339.ts';
import type { ContainerState, ContainerStatus, Pod } from '../../../../objects/kubernetes.ts';
import { humanDuration } from '../age.ts';
import type { PrintContext } from '../print-context.ts';
import { printsSince } from '../prints-since.ts';

/** The three cells that kubectl derives from a pod's containers. */
export interface PodSummary {
  /** `1/2`: ready ones of containers and sidecars. */
  readonly ready: string;
  /** `Running`, `CrashLoopBackOff`, `Init:0/1`, `Terminating`, … */
  readonly status: string;
  /** `0`, or `3 (12s ago)`. */
  readonly restarts: string;
}

interface Tally {
  reason: string;
  ready: number;
  restarts: Restarts;
}

interface Restarts {
  readonly count: number;
  /** Milliseconds since 1970-01-01 of the last end of a container; undefined when none is known. */
  readonly lastAt: number | undefined;
}

const NO_RESTARTS: Restarts = { count: 0, lastAt: undefined };

/** Mirrors kube-apiserver: printers/internalversion/printers.go printPod. */
export function summarizePod(pod: Pod, context: PrintContext): PodSummary {
  const init = tallyInitContainers(pod, context);
  const knowsInitialized = printsSince(context.version, 'sidecars') && isTrue(pod, 'Initialized');
  const tally = init.stopped && !knowsInitialized ? init : tallyContainers(pod, init, context);
  const total = pod.spec.containers.length + sidecarNames(pod, context).size;
  return {
    ready: `${tally.ready}/${total}`,
    status: deletionStatus(pod, context) ?? tally.reason,
    restarts: restartsText(tally.restarts, context),
  };
}

function startReason(pod: Pod, { version }: PrintContext): string {
  const gated = pod.status?.conditions?.some(
    ({ type, reason }) => type === 'PodScheduled' && reason === 'SchedulingGated',
  );
  if (gated && printsSince(version, 'schedulingGated')) return 'SchedulingGated';
  return pod.status?.reason || (pod.status?.phase ?? '');
}

interface InitTally extends Tally {
  /** An init container has not done its part, so the pod's own containers do not count yet. */
  stopped: boolean;
  sidecars: Restarts;
}

function tallyInitContainers(pod: Pod, context: PrintContext): InitTally {
  const sidecars = sidecarNames(pod, context);
  const tally: InitTally = {
    reason: startReason(pod, context),
    ready: 0,
    restarts: NO_RESTARTS,
    stopped: false,
    sidecars: NO_RESTARTS,
  };
  for (const [index, status] of (pod.status?.initContainerStatuses ?? []).entries()) {
    const isSidecar = sidecars.has(status.name);
    tally.restarts = plusRestarts(tally.restarts, status);
    if (isSidecar) tally.sidecars = plusRestarts(tally.sidecars, status);
    if (status.state?.terminated?.exitCode === 0) continue;
    if (isSidecar && status.started === true) {
      if (status.ready) tally.ready += 1;
      continue;
    }
    tally.stopped = true;
    tally.reason = `Init:${initReason(status.state, index, pod.spec.initContainers?.length ?? 0)}`;
    break;
  }
  return tally;
}

function initReason(state: ContainerState | undefined, index: number, count: number): string {
  if (state?.terminated) return terminatedReason(state.terminated);
  const waiting = state?.waiting?.reason;
  return waiting && waiting !== 'PodInitializing' ? waiting : `${index}/${count}`;
}

/** The last listed container is looked at first, so the first one with something to say has the word. */
function tallyContainers(pod: Pod, init: InitTally, context: PrintContext): Tally {
  const tally: Tally = { reason: init.reason, ready: init.ready, restarts: init.sidecars };
  let isAnyRunning = false;
  let errorReason = '';
  for (const status of [...(pod.status?.containerStatuses ?? [])].reverse()) {
    const { waiting, terminated, running } = status.state ?? {};
    tally.restarts = plusRestarts(tally.restarts, status);
    if (waiting?.reason) {
      tally.reason = waiting.reason;
    } else if (terminated) {
      tally.reason = terminatedReason(terminated);
      if (terminated.exitCode !== 0) errorReason = tally.reason;
    } else if (status.ready && running) {
      isAnyRunning = true;
      tally.ready += 1;
    }
  }
  if (tally.reason === 'Completed') {
    const isReady = isAnyRunning && isTrue(pod, 'Ready');
    const error = printsSince(context.version, 'errorBeatsCompleted') ? errorReason : '';
    tally.reason = isReady ? 'Running' : error || (isAnyRunning ? 'NotReady' : 'Completed');
  }
  return tally;
}

/** What a deletion shows instead of the containers' state. */
function deletionStatus(pod: Pod, { version }: PrintContext): string | undefined {
  if (!pod.metadata.deletionTimestamp) return undefined;
  if (pod.status?.reason === 'NodeLost') return 'Unknown';
  const isOver = pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
  return isOver && printsSince(version, 'terminalPhaseBeatsTerminating') ? undefined : 'Terminating';
}

function terminatedReason({ reason, signal, exitCode }: NonNullable<ContainerState['terminated']>): string {
  return reason || (signal ? `Signal:${signal}` : `ExitCode:${exitCode}`);
}

function plusRestarts({ count, lastAt }: Restarts, status: ContainerStatus): Restarts {
  const ended = parseRfc3339(status.lastState?.terminated?.finishedAt ?? '');
  return {
    count: count + status.restartCount,
    lastAt: ended === undefined || (lastAt !== undefined && lastAt >= ended) ? lastAt : ended,
  };
}

function restartsText({ count, lastAt }: Restarts, { now, version }: PrintContext): string {
  const isAgeShown = printsSince(version, 'restartAge') && lastAt !== undefined && count !== 0;
  return isAgeShown ? `${count} (${humanDuration(now - lastAt)} ago)` : String(count);
}

function sidecarNames(pod: Pod, { version }: PrintContext): ReadonlySet<string> {
  if (!printsSince(version, 'sidecars')) return new Set();
  const sidecars = (pod.spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  return new Set(sidecars.map(({ name }) => name));
}

function isTrue(pod: Pod, condition: string): boolean {
  return pod.status?.conditions?.find(({ type }) => type === condition)?.status === 'True';
}
