import type { Doing } from '../../contract/doing.ts';
import { statusTicks } from '../clock.ts';
import type { PodContext } from './pod-context.ts';
import { sendStatus } from './publish-status.ts';
import { releaseAt } from './settled-turns.ts';

/**
 * Before a pod's end had stages, its object was deleted by the status manager's look at all pods, every ten
 * seconds, once the kubelet had given back what the pod held (kubelet 1.20: status_manager.go syncBatch).
 */
export function* deleteWhenDue(context: PodContext): Doing<void> {
  const { view, worker, machine, now, pod, isGone } = context;
  if (worker.static) return;
  const due = releaseAt(view.chance, worker, { ticks: statusTicks(view.chance, machine), from: now });
  if (due !== now || isGone || pod.metadata.deletionTimestamp === undefined) return;
  yield* sendStatus(context);
  const { namespace, name, uid } = worker;
  // The object decides, and not what the kubelet holds to be true: an etcd that was turned back may know
  // nothing.
  const got = yield { verb: 'get', resource: 'pods', namespace, name };
  if (!got.ok || got.object?.metadata.deletionTimestamp === undefined) return;
  yield { verb: 'delete', resource: 'pods', namespace, name, gracePeriodSeconds: 0, preconditions: { uid } };
}
