import { type Millis, SECOND } from '../../../kernel/time/millis.ts';
import type { Reaction, View, Wake } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import type { PodWorkerRow, WorkStep } from '../../contract/pod-worker-row.ts';
import { firstTick, lastTick, relists, statusTicks, syncTicks } from '../clock.ts';
import { keepMirror } from '../static-pods/mirror.ts';
import { expandClaimed } from '../volumes/expand-claimed.ts';
import { admitPod } from './admit-pod.ts';
import { beginWork } from './begin-work.ts';
import { contextOfPod } from './context-of-pod.ts';
import { endWork } from './end-work.ts';
import { forgetPod, mayForget } from './forget-pod.ts';
import { tryMounting } from './mount-volumes.ts';
import { noticeChanges, removeDead, unseenSince } from './notice-changes.ts';
import { deadlineOf, noticeEnd, noticeNewDefinition } from './notice-end.ts';
import { deleteWhenDue } from './old-deletion.ts';
import { performStep, stepWakesAt } from './perform-step.ts';
import { keep, move, type PodContext } from './pod-context.ts';
import { tellInTurn } from './publish-status.ts';
import { noticeResize } from './resize-pod.ts';
import { releaseAt, untoldAt } from './settled-turns.ts';

/**
 * One look of a kubelet at one of its pods. Kubelet: pod_workers.go, with the parts of kubelet.go that feed
 * it.
 */
export function* workPod(view: View, node: string, { key, now }: { key: string; now: Millis }): Reaction {
  const machine = view.rows.row('machines', node);
  if (!machine?.kubelet.running) return;
  if (!view.rows.row('podWorkers', key)) {
    if (!(yield* admitPod({ view, now, node, key }))) return;
  }
  const context = contextOfPod(view, node, key, now);
  if (!context) return;
  const { worker } = context;
  if (mayForget(context)) {
    yield* forgetPod(context);
    return;
  }
  yield* keepMirror(context);
  yield* noticeEnd(context);
  noticeNewDefinition(context);
  yield* noticeResize(context);
  const again = noticeChanges(context);
  if (isQueued(context)) move(context, { pendingSince: now, nextSyncAt: undefined });
  yield* tryMounting(context);
  yield* expandClaimed(context);
  yield* workOn(context, again);
  yield* removeDead(context, worker.seen);
  yield* keep(context, worker);
  yield* tellInTurn(context);
  // Nobody will tell of it: there is nothing in the API that could go.
  if (worker.static && mayForget(context)) yield* forgetPod(context);
  else yield* deleteWhenDue(context);
}

/** The work queue is looked at once a second. */
function isQueued({ view, machine, worker, now }: PodContext): boolean {
  const { nextSyncAt } = worker;
  return nextSyncAt !== undefined && firstTick(syncTicks(view.chance, machine), nextSyncAt) <= now;
}

/** Goes on with the work under way, and begins what waits, as far as it gets at this instant. */
function* workOn(context: PodContext, again: boolean): Reaction {
  for (;;) {
    if (context.worker.underWay) {
      if (!(yield* advanceWork(context))) break;
    } else if (context.worker.pendingSince !== undefined && isFresh(context)) {
      yield* beginWork(context);
      // What was told while the work was about to begin calls for one more look after it.
      if (again) move(context, { pendingSince: context.now });
      again = false;
    } else break;
  }
}

/**
 * Work does not begin before the runtime has been looked at since the last. Kubelet: the pod cache's
 * GetNewerThan.
 */
function isFresh({ view, machine, worker, now }: PodContext): boolean {
  const { lastSyncAt, seen } = worker;
  return (
    lastSyncAt === undefined ||
    seen.at > lastSyncAt ||
    lastTick(relists(view.chance, machine), now) > lastSyncAt
  );
}

/** Does steps until one of them has to wait (false) or none is left (true). */
function* advanceWork(context: PodContext): Doing<boolean> {
  for (;;) {
    const { underWay: work } = context.worker;
    if (!work) return true;
    const [step, ...rest] = work.steps;
    if (!step) {
      yield* endWork(context);
      return true;
    }
    const result = yield* performStep(context, step);
    const after = context.worker.underWay ?? work;
    switch (result.step) {
      case 'done':
        setSteps(context, after, rest);
        break;
      case 'becomes':
        setSteps(context, after, [...result.steps, ...rest]);
        break;
      case 'goes on':
        setSteps(context, after, [result.as, ...rest]);
        return false;
      case 'failed': {
        const { retryAt } = result;
        const earliest = retryAt === undefined ? after.retryAt : Math.min(retryAt, after.retryAt ?? retryAt);
        const failed = { ...after, failed: true, ...(earliest !== undefined && { retryAt: earliest }) };
        setSteps(context, failed, result.stops ? [] : rest);
        break;
      }
    }
  }
}

function setSteps(
  context: PodContext,
  work: NonNullable<PodWorkerRow['underWay']>,
  steps: readonly WorkStep[],
): void {
  move(context, { underWay: { ...work, steps } });
}

/** Kubelet: a pod that goes calls for another try; here it is found by looking. */
const RETRY_MS = 10 * SECOND;

/** When the kubelet wants to look at the pod again if nothing happens to it. */
export function podWake(view: View, worker: PodWorkerRow, from: Millis): Wake | undefined {
  const machine = view.rows.row('machines', worker.node);
  if (!machine?.kubelet.running) return undefined;
  const times: Millis[] = [];
  const relist = relists(view.chance, machine);
  const changed = unseenSince(view, worker);
  if (changed !== undefined) times.push(firstTick(relist, changed));
  if (worker.relistAt !== undefined) times.push(worker.relistAt);
  const { mounting } = worker;
  if (mounting && mounting.doneAt === undefined && !mounting.waits) times.push(mounting.tryAt);
  const [step] = worker.underWay?.steps ?? [];
  if (step) times.push(stepWakesAt(view, worker, step) ?? Number.POSITIVE_INFINITY);
  else if (worker.pendingSince !== undefined) times.push(freshAt(worker, relist));
  if (worker.nextSyncAt !== undefined)
    times.push(firstTick(syncTicks(view.chance, machine), worker.nextSyncAt));
  const deadline = deadlineOf(view, worker);
  if (deadline !== undefined) times.push(firstTick(syncTicks(view.chance, machine), deadline));
  // Whether there is room by now is asked again and again.
  if (worker.resizePending?.reason === 'Deferred') times.push(Math.ceil((from + 1) / RETRY_MS) * RETRY_MS);
  const deletion = releaseAt(view.chance, worker, { ticks: statusTicks(view.chance, machine), from });
  if (deletion !== undefined) times.push(deletion);
  const untold = untoldAt(view, worker, from);
  if (untold !== undefined) times.push(untold);
  const at = Math.max(Math.min(...times), from);
  return Number.isFinite(at) ? { at, cause: view.rows.changedAt('podWorkers', worker.key) } : undefined;
}

function freshAt(
  { lastSyncAt, seen, pendingSince }: PodWorkerRow,
  relist: Parameters<typeof firstTick>[0],
): Millis {
  if (lastSyncAt === undefined || seen.at > lastSyncAt) return pendingSince ?? 0;
  return firstTick(relist, lastSyncAt + 1);
}
