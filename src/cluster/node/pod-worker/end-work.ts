import { drawWhole } from '../../../kernel/chance/draw.ts';
import type { Doing } from '../../contract/doing.ts';
import type { PodWork } from '../../contract/pod-worker-row.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import { nextSync } from '../clock.ts';
import { stopProbes } from '../probes/start-probes.ts';
import { runtimeAsSeen, seenNow } from '../status/runtime-status.ts';
import { computeStatus } from './compute-status.ts';
import { move, type PodContext } from './pod-context.ts';
import { publishStatus } from './publish-status.ts';
import { endResize } from './resize-pod.ts';

/**
 * After work that did something the kubelet looks at that pod at once (pleg/generic.go relistPod; 1.36
 * recorded).
 */
const RELISTS_ONE_POD: Since<boolean> = [
  [20, false],
  [35, true],
];

/** How long such a look takes to come: milliseconds. */
const RELIST_MS = [3, 8] as const;

/** A piece of work is over. */
export function* endWork(context: PodContext): Doing<void> {
  const { underWay: work } = context.worker;
  move(context, { underWay: undefined, lastSyncAt: context.now });
  if (work?.kind === 'terminating') yield* endTerminating(context);
  else if (work) {
    endSync(context, work);
    yield* endResize(context);
  }
}

/** Kubelet: pod_workers.go completeWork, and the end of kubelet.go SyncPod. */
function endSync(context: PodContext, { failed, acted, retryAt }: PodWork): void {
  const { view, key, now, version } = context;
  const { works } = context.worker;
  const sync = { pod: key, works, now, failed, ...(retryAt !== undefined && { retryAt }) };
  move(context, { nextSyncAt: nextSync(view.chance, version, sync) });
  if (acted && !failed && inVersion(RELISTS_ONE_POD, version)) {
    move(context, { relistAt: now + drawWhole(view.chance, ...RELIST_MS, 'relist of one pod', key, works) });
  }
}

/** Everything is stopped: the status says how it ended. Kubelet: the second half of SyncTerminatingPod. */
function* endTerminating(context: PodContext): Doing<void> {
  const { view, worker, key, now } = context;
  yield* stopProbes(context, ['startup', 'liveness', 'readiness']);
  move(context, { stage: 'terminated', pendingSince: now });
  const seen = { at: now, ...seenNow(view.rows, key, worker.seen) };
  yield* publishStatus(context, computeStatus(context, runtimeAsSeen(view.rows, seen), true));
}
