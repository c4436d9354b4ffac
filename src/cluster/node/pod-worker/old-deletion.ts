import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import type { PodWorkerRow } from '../../contract/pod-worker-row.ts';
import { firstTick, type Grid, statusTicks } from '../clock.ts';
import type { PodContext } from './pod-context.ts';
import { sendStatus } from './publish-status.ts';

/**
 * Before a pod's end had stages, its object was deleted by the status manager's look at all pods, every ten
 * seconds, once the kubelet had given back what the pod held (kubelet 1.20: status_manager.go syncBatch).
 */
export function* deleteWhenDue(context: PodContext): Doing<void> {
  const { view, worker, machine, now, pod, isGone } = context;
  const due = deletionTick(view, worker, statusTicks(view.chance, machine));
  if (due === undefined || due > now || isGone || pod.metadata.deletionTimestamp === undefined) return;
  yield* sendStatus(context);
  const { namespace, name, uid } = worker;
  yield { verb: 'delete', resource: 'pods', namespace, name, gracePeriodSeconds: 0, preconditions: { uid } };
}

export function deletionTick(
  _view: View,
  { reclaimedAt, lastSyncAt }: PodWorkerRow,
  ticks: Grid,
): Millis | undefined {
  return reclaimedAt === undefined ? undefined : firstTick(ticks, Math.max(reclaimedAt, lastSyncAt ?? 0));
}
