import { formatRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { Doing } from '../../contract/doing.ts';
import type { ProbeResult, ProbeWorkerRow } from '../../contract/probe-worker-row.ts';
import type { ContainerStatus, PodStatus } from '../../objects/kubernetes.ts';
import type { PodContext } from '../pod-worker/pod-context.ts';
import { currentStatus, publishStatus } from '../pod-worker/publish-status.ts';
import { isByKubelet, podConditions } from '../status/pod-conditions.ts';
import { idOf } from './pod-probes.ts';

/**
 * What the kubelet does about a result that changed: readiness is shown at once, and the pod is looked at
 * again. Kubelet: kubelet.go syncLoopIteration. A start-up is shown by that look, together with the readiness
 * that follows from it: the status manager's own write of it (SetContainerStartup) is overtaken (1.36, b6:
 * one write).
 */
export function* tellResult(context: PodContext, worker: ProbeWorkerRow, result: ProbeResult): Doing<void> {
  const { node, key } = context;
  const success = result === 'success';
  if (worker.kind === 'readiness') yield* changeReadiness(context, worker, success);
  if (worker.kind === 'liveness' && result !== 'failure') return;
  yield { type: 'PodSyncRequested', node, pod: key };
}

/** Kubelet: status_manager.go SetContainerReadiness. */
function* changeReadiness(context: PodContext, { containerId }: ProbeWorkerRow, ready: boolean): Doing<void> {
  const status = currentStatus(context);
  const withReadiness = (container: ContainerStatus): ContainerStatus =>
    idOf(container.containerID) === containerId ? { ...container, ready } : container;
  const containerStatuses = status.containerStatuses?.map(withReadiness) ?? [];
  const initContainerStatuses = status.initContainerStatuses?.map(withReadiness);
  const next: PodStatus = {
    ...status,
    containerStatuses,
    ...(initContainerStatuses && { initContainerStatuses }),
  };
  const conditions = conditionsOf(context, next);
  yield* publishStatus(context, { ...next, conditions }, { isForced: false });
}

/** Of the conditions only those that speak of readiness are made anew. */
function conditionsOf(context: PodContext, status: PodStatus): NonNullable<PodStatus['conditions']> {
  const { pod, view, now, version } = context;
  const fresh = podConditions({
    pod,
    phase: status.phase ?? 'Pending',
    containerStatuses: status.containerStatuses ?? [],
    initContainerStatuses: status.initContainerStatuses ?? [],
    isSandboxReady: true,
    others: (status.conditions ?? []).filter((condition) => !isByKubelet(condition)),
    old: status,
    now: formatRfc3339(view.settings.epochMs + now),
    version,
  });
  return (status.conditions ?? []).map((condition) => {
    const isOfReadiness = condition.type === 'Ready' || condition.type === 'ContainersReady';
    return (isOfReadiness && fresh.find(({ type }) => type === condition.type)) || condition;
  });
}
