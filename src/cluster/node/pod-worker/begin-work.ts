import { drawWhole } from '../../../kernel/chance/draw.ts';
import { SECOND } from '../../../kernel/time/millis.ts';
import type { Doing } from '../../contract/doing.ts';
import type { PodWork, WorkStep } from '../../contract/pod-worker-row.ts';
import { isTerminal } from '../../objects/pod-phase.ts';
import { inVersion } from '../../objects/versions.ts';
import { firstTick, housekeepings } from '../clock.ts';
import { NO_NETWORK, networkReadyAt } from '../heartbeat/node-conditions.ts';
import { stopProbes } from '../probes/start-probes.ts';
import { triggerReadiness } from '../probes/trigger-readiness.ts';
import { runtimeAsSeen } from '../status/runtime-status.ts';
import { ENDS_IN_STAGES } from '../status/version-differences.ts';
import { refreshVolumes } from '../volumes/write-volumes.ts';
import { computeStatus } from './compute-status.ts';
import { finishPod } from './finish-pod.ts';
import { killEverything } from './kill-everything.ts';
import { move, type PodContext, tell } from './pod-context.ts';
import { publishStatus } from './publish-status.ts';

/** Begins the piece of work that the pod's stage calls for. What the last one led to is told first of all. */
export function* beginWork(context: PodContext): Doing<void> {
  move(context, { pendingSince: undefined, works: context.worker.works + 1 });
  const { worker, version } = context;
  const isToEnd = worker.graceSeconds !== undefined;
  if (worker.stage === 'syncing' && isToEnd && inVersion(ENDS_IN_STAGES, version))
    move(context, { stage: 'terminating' });
  switch (context.worker.stage) {
    case 'syncing':
      yield* beginSync(context, isToEnd);
      return;
    case 'terminating':
      yield* beginTerminating(context);
      return;
    case 'terminated':
      yield* finishPod(context);
      return;
    case 'finished':
    case 'rejected':
      move(context, { lastSyncAt: context.now });
  }
}

/** Kubelet: kubelet.go SyncPod. */
function* beginSync(context: PodContext, isToEnd: boolean): Doing<void> {
  const { view, worker, now, version } = context;
  const runtime = runtimeAsSeen(view.rows, worker.seen);
  const status = computeStatus(context, runtime);
  yield* publishStatus(context, status);
  yield* triggerReadiness(context, status);
  if (isToEnd || (isTerminal({ status }) && !inVersion(ENDS_IN_STAGES, version))) {
    yield* endAtOnce(context, isToEnd);
    return;
  }
  if (isTerminal({ status })) {
    move(context, { stage: 'terminating', pendingSince: now, lastSyncAt: now });
    return;
  }
  if (yield* waitsForNetwork(context)) return;
  if (worker.mounted) yield* refreshVolumes(context);
  move(context, {
    underWay: workOf(context, 'sync', worker.mounted ? [{ do: 'act' }] : [{ do: 'mount' }, { do: 'act' }]),
  });
}

/** Kubelet: pod_workers.go backOffOnTransientErrorPeriod, with its jitter of a half. */
const NETWORK_RETRY_MS = [SECOND, 1500] as const;

/**
 * Where there is no network for pods yet only those start that use their machine's. Kubelet: kubelet.go
 * SyncPod.
 */
function* waitsForNetwork(context: PodContext): Doing<boolean> {
  const { view, pod, machine, key, worker, now } = context;
  if (pod.spec.hostNetwork || now >= (networkReadyAt(view, machine) ?? now)) return false;
  const message = `network is not ready: ${NO_NETWORK}`;
  yield* tell(context, { type: 'Warning', reason: 'NetworkNotReady', message });
  const wait = drawWhole(view.chance, ...NETWORK_RETRY_MS, 'network retry', key, worker.works);
  move(context, { lastSyncAt: now, nextSyncAt: now + wait });
  return true;
}

/**
 * Before a pod's end had stages, each sync of a deleted pod killed what still ran (kubelet 1.20: kubelet.go
 * syncPod).
 */
function* endAtOnce(context: PodContext, isToEnd: boolean): Doing<void> {
  const { view, worker, now, machine } = context;
  const steps = killEverything(context, runtimeAsSeen(view.rows, worker.seen));
  if (steps.length === 0 && isToEnd && worker.reclaimedAt === undefined) {
    yield* stopProbes(context, ['startup', 'liveness', 'readiness']);
    // Volumes and cgroups go with the next cleaning.
    move(context, { reclaimedAt: firstTick(housekeepings(view.chance, machine), now + 100) });
  }
  move(context, { underWay: workOf(context, 'sync', steps) });
}

/** Kubelet: kubelet.go SyncTerminatingPod. */
function* beginTerminating(context: PodContext): Doing<void> {
  const { view, worker } = context;
  const runtime = runtimeAsSeen(view.rows, worker.seen);
  const status = computeStatus(context, runtime);
  yield* publishStatus(context, status);
  yield* triggerReadiness(context, status);
  yield* stopProbes(context, ['startup', 'liveness']);
  move(context, { underWay: workOf(context, 'terminating', killEverything(context, runtime)) });
}

function workOf({ worker }: PodContext, kind: PodWork['kind'], steps: readonly WorkStep[]): PodWork {
  return { kind, seen: worker.seen, steps, acted: false, failed: false };
}
