import type { Millis } from '../../../kernel/time/millis.ts';
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
  if (worker.static) return;
  const due = deletionTick(worker, statusTicks(view.chance, machine), now);
  if (due !== now || isGone || pod.metadata.deletionTimestamp === undefined) return;
  yield* sendStatus(context);
  const { namespace, name, uid } = worker;
  // The object decides, and not what the kubelet holds to be true: an etcd that was turned back may know
  // nothing.
  const got = yield { verb: 'get', resource: 'pods', namespace, name };
  if (!got.ok || got.object?.metadata.deletionTimestamp === undefined) return;
  yield { verb: 'delete', resource: 'pods', namespace, name, gracePeriodSeconds: 0, preconditions: { uid } };
}

/** The first of these looks from a time on at which there is something to delete. */
export function deletionTick(
  { reclaimedAt, lastSyncAt }: PodWorkerRow,
  ticks: Grid,
  from: Millis,
): Millis | undefined {
  return reclaimedAt === undefined
    ? undefined
    : firstTick(ticks, Math.max(reclaimedAt, lastSyncAt ?? 0, from));
}
