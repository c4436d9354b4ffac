import { type Millis, SECOND } from '../../../kernel/time/millis.ts';
import { parseRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import type { PodWorkerRow } from '../../contract/pod-worker-row.ts';
import type { Pod } from '../../objects/kubernetes.ts';
import { inVersion } from '../../objects/versions.ts';
import { firstTick, syncTicks } from '../clock.ts';
import { ENDS_IN_STAGES } from '../status/version-differences.ts';
import { containerSpec, move, type PodContext, tell } from './pod-context.ts';
import { removeLeftOver } from './remove-left-over.ts';
import { shortenKills } from './shorten-kills.ts';

const DEFAULT_GRACE_SECONDS = 30;
const TOO_LONG = 'Pod was active on the node longer than the specified deadline';

/** Takes note that the pod is to end: it was deleted, or it has been there for too long. */
export function* noticeEnd(context: PodContext): Doing<void> {
  const { worker, now, isGone, pod } = context;
  yield* noticeDeadline(context);
  if (!isGone && pod.metadata.deletionTimestamp === undefined) {
    yield* noticeReturn(context);
    return;
  }
  const graceSeconds = graceOf(pod);
  // The grace period can only become shorter. Kubelet: pod_workers.go calculateEffectiveGracePeriod.
  if (worker.graceSeconds !== undefined && worker.graceSeconds <= graceSeconds) return;
  if (worker.graceSeconds !== undefined) shortenKills(context, graceSeconds);
  move(context, { graceSeconds });
  if (worker.stage === 'syncing') move(context, { pendingSince: worker.pendingSince ?? now });
}

/**
 * Nobody knows of the deletion any more, since etcd was turned back. Before a pod's end had stages the next
 * sync is one like any other, and starts again what it finds stopped; later there is no way back.
 */
function* noticeReturn(context: PodContext): Doing<void> {
  const { view, worker, now, node, key, version } = context;
  if (worker.graceSeconds === undefined || worker.verdict || inVersion(ENDS_IN_STAGES, version)) return;
  yield* removeLeftOver({ view, now, node, key });
  const containers = view.rows.rowsBy('containers', 'pod', key);
  const seen = containers.length === 0 ? { seen: { at: now, containers: {} } } : {};
  move(context, { graceSeconds: undefined, reclaimedAt: undefined, pendingSince: now, ...seen });
}

function graceOf({ metadata, spec }: Pod): number {
  const seconds =
    metadata.deletionGracePeriodSeconds ?? spec.terminationGracePeriodSeconds ?? DEFAULT_GRACE_SECONDS;
  return Math.max(seconds, 1);
}

/**
 * A container that runs is not as its pod wants it any more: its image was changed. Or there is one more to
 * debug with, which the kubelet has told nothing of.
 */
export function noticeNewDefinition(context: PodContext): void {
  const { view, worker, pod, now, key } = context;
  const { ephemeralContainers = [] } = pod.spec;
  if (ephemeralContainers.length > (worker.pod.spec.ephemeralContainers?.length ?? 0))
    move(context, { pod, pendingSince: worker.pendingSince ?? now });
  if (worker.stage !== 'syncing' || worker.underWay || worker.pendingSince !== undefined) return;
  const isOld = view.rows.rowsBy('containers', 'pod', key).some(({ name, specImage, exit }) => {
    return !exit && specImage !== containerSpec(pod, name)?.image;
  });
  if (isOld) move(context, { pendingSince: now });
}

/** Kubelet: active_deadline.go; looked at with the work queue, once a second. */
function* noticeDeadline(context: PodContext): Doing<void> {
  const { view, worker, now, machine } = context;
  if (worker.verdict || worker.stage !== 'syncing') return;
  const deadline = deadlineOf(view, worker);
  if (deadline === undefined || firstTick(syncTicks(view.chance, machine), deadline) > now) return;
  yield* tell(context, { type: 'Normal', reason: 'DeadlineExceeded', message: TOO_LONG });
  move(context, {
    verdict: { reason: 'DeadlineExceeded', message: TOO_LONG },
    pendingSince: worker.pendingSince ?? now,
  });
}

/** When the pod will have been active for as long as it may. */
export function deadlineOf(view: View, { pod, key, verdict, stage }: PodWorkerRow): Millis | undefined {
  const seconds = pod.spec.activeDeadlineSeconds;
  const startTime = view.rows.row('podStatuses', key)?.status.startTime;
  if (seconds === undefined || startTime === undefined || verdict || stage !== 'syncing') return undefined;
  return (parseRfc3339(startTime) ?? 0) - view.settings.epochMs + seconds * SECOND;
}
