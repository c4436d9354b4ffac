import type { Doing } from '../../contract/doing.ts';
import type { ContainerStatus, Pod, PodStatus } from '../../objects/kubernetes.ts';
import { runtimeAsSeen } from '../status/runtime-status.ts';
import { computeStatus } from './compute-status.ts';
import { move, type PodContext } from './pod-context.ts';
import { currentStatus, publishStatus } from './publish-status.ts';

/**
 * Nothing is left of the pod on the machine. Kubelet: SyncTerminatedPod, and status_manager.go TerminatePod.
 */
export function* finishPod(context: PodContext): Doing<void> {
  const { view, worker, now } = context;
  yield* publishStatus(context, computeStatus(context, runtimeAsSeen(view.rows, worker.seen), true));
  move(context, { stage: 'finished', lastSyncAt: now });
  yield* publishStatus(context, finalStatus(context), { isForced: true, finished: true });
}

const UNKNOWN = {
  exitCode: 137,
  reason: 'ContainerStatusUnknown',
  message: 'The container could not be located when the pod was terminated',
  startedAt: null,
  finishedAt: null,
} as const;

/** Whatever has no end by now is said to have failed. */
function finalStatus(context: PodContext): PodStatus {
  const status = currentStatus(context);
  const { containerStatuses = [], initContainerStatuses } = status;
  const phase = status.phase === 'Succeeded' || status.phase === 'Failed' ? status.phase : 'Failed';
  return {
    ...status,
    phase,
    containerStatuses: hasInitialized(context.pod, status) ? containerStatuses.map(ended) : containerStatuses,
    ...(initContainerStatuses && { initContainerStatuses: endedInit(initContainerStatuses) }),
  };
}

function ended(status: ContainerStatus): ContainerStatus {
  if (status.state?.terminated) return status;
  return {
    ...status,
    state: { terminated: UNKNOWN as unknown as NonNullable<ContainerStatus['state']>['terminated'] & object },
  };
}

function hasInitialized(
  { spec }: Pod,
  { containerStatuses = [], initContainerStatuses = [] }: PodStatus,
): boolean {
  if (!spec.initContainers?.length) return true;
  if (
    containerStatuses.some(
      ({ state, lastState }) => state?.running || state?.terminated || lastState?.terminated,
    )
  )
    return true;
  const last = initContainerStatuses.at(-1);
  return last?.state?.terminated?.exitCode === 0 || last?.lastState?.terminated?.exitCode === 0;
}

/** All but those at the end that show no sign of ever having been started. */
function endedInit(statuses: readonly ContainerStatus[]): ContainerStatus[] {
  const lastTouched = statuses.findLastIndex(
    ({ state, lastState }) => state?.running || state?.terminated || lastState?.terminated,
  );
  return statuses.map((status, index) => (index <= lastTouched ? ended(status) : status));
}
