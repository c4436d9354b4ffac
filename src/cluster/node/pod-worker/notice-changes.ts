import { draw } from '../../../kernel/chance/draw.ts';
import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import type { PodWorkerRow, SeenRuntime } from '../../contract/pod-worker-row.ts';
import { firstTick, relists } from '../clock.ts';
import { newestSandbox, seenNow, stateOf } from '../status/runtime-status.ts';
import { move, type PodContext } from './pod-context.ts';

/**
 * Two events of one look are handled one after the other: the first begins the work, and the second mostly
 * comes before the work has taken notice. Where it comes after, one more look follows (recorded: about one in
 * six).
 */
const SECOND_LOOK = 0.16;

/**
 * Looks at the runtime if it is time to: at all pods once a second, at this one when it was asked for. True
 * when what was found calls for one more look after the next. Kubelet: pleg/generic.go.
 */
export function noticeChanges(context: PodContext): boolean {
  const { view, worker, now, machine, key } = context;
  const changed = unseenSince(view, worker);
  const isAsked = worker.relistAt !== undefined && worker.relistAt <= now;
  const isDue = changed !== undefined && firstTick(relists(view.chance, machine), changed) <= now;
  if (!isAsked && !isDue) return false;
  const before = worker.seen;
  const found = seenNow(view.rows, key, before);
  const wasWaiting = worker.pendingSince !== undefined && !worker.underWay;
  const events = countEvents(before, found);
  move(context, { seen: { at: isAsked ? now : before.at, ...found }, relistAt: undefined });
  if (events === 0) return false;
  move(context, { pendingSince: worker.pendingSince ?? now });
  return wasWaiting || (events > 1 && draw(view.chance, 'second look', key, worker.works) < SECOND_LOOK);
}

/** Since when the runtime has been otherwise than the kubelet believes; undefined if it is not. */
export function unseenSince({ rows }: View, { key, seen }: PodWorkerRow): Millis | undefined {
  let since: Millis | undefined;
  const note = (at: Millis): void => {
    since = since === undefined ? at : Math.min(since, at);
  };
  for (const row of rows.rowsBy('containers', 'pod', key)) {
    const state = stateOf(row);
    // Nobody acts on a container that has only been created.
    if (state === 'created' || state === seen.containers[row.id]) continue;
    note(row.exit?.at ?? row.startedAt ?? row.createdAt);
  }
  const sandbox = newestSandbox(rows, key);
  const isReady = sandbox !== undefined && sandbox.stoppedAt === undefined;
  if (sandbox && (sandbox.id !== seen.sandbox?.id || isReady !== seen.sandbox.ready)) {
    note(sandbox.stoppedAt ?? sandbox.startedAt);
  }
  return since;
}

/** What began to run, and what ended; a container that was let go is no event. */
function countEvents(before: SeenRuntime, found: Omit<SeenRuntime, 'at'>): number {
  let count = 0;
  for (const [id, state] of Object.entries(found.containers)) {
    if (state !== 'created' && state !== before.containers[id]) count++;
  }
  for (const [id, state] of Object.entries(before.containers)) {
    if (state === 'running' && found.containers[id] === undefined) count++;
  }
  if (
    found.sandbox &&
    (found.sandbox.id !== before.sandbox?.id || found.sandbox.ready !== before.sandbox.ready)
  )
    count++;
  return count;
}

/**
 * Of the dead containers of a name that has just lost another, one is kept, once the status has told of them.
 * Kubelet: pod_container_deletor.go.
 */
export function* removeDead({ view, key, node, worker }: PodContext, before: SeenRuntime): Doing<void> {
  if (worker.seen === before) return;
  const dead = view.rows.rowsBy('containers', 'pod', key).filter(({ exit }) => exit !== undefined);
  const died = new Set(
    dead.filter(({ id }) => worker.seen.containers[id] !== before.containers[id]).map(({ name }) => name),
  );
  for (const { id, name, attempt } of dead) {
    const isOld = dead.some((other) => other.name === name && other.attempt > attempt);
    if (isOld && died.has(name)) yield { type: 'ContainerRemoved', node, pod: key, container: id };
  }
}
