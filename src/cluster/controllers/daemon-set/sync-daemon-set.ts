import { type Millis, SECOND } from '../../../kernel/time/millis.ts';
import type { Reaction, View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import { isEqualJson } from '../../objects/json.ts';
import type { DaemonSet, DaemonSetStatus, Pod } from '../../objects/kubernetes.ts';
import { selects } from '../../objects/label-selector.ts';
import { isControlledBy } from '../../objects/owner-references.ts';
import { record } from '../../recorder/record.ts';
import { claimPods } from '../shared/claim-pods.ts';
import { createPod, deletePod } from '../shared/pod-control.ts';
import { isAvailableNow, isReady } from '../shared/pod-state.ts';
import { putOff } from '../shared/put-off.ts';
import { ACTOR, type DaemonLook, desiredNodes, lookAtNodes, podsByNode } from './daemon-look.ts';
import { daemonPod, isUpdated } from './daemon-pods.ts';
import { type Placing, placePods } from './place-pods.ts';
import { cleanUp, revisionsOf } from './revisions.ts';
import { nextOfUpdate } from './rolling-update.ts';

/** No more than these at a time (daemon_controller.go BurstReplicas). */
const BURST = 250;

/** One look at a DaemonSet (daemon_controller.go syncDaemonSet). */
export function* syncDaemonSet(view: View, key: string, now: Millis): Reaction {
  const set = view.objects.byKey<DaemonSet>(key);
  if (set === undefined) return;
  if (isEqualJson(set.spec.selector, {})) {
    const message = 'This daemon set is selecting all pods. A non-empty selector is required.';
    const about = { component: ACTOR, object: set };
    yield* record(view, { ...about, type: 'Warning', reason: 'SelectingAll', message }, now);
    return;
  }
  if (set.metadata.deletionTimestamp !== undefined) return;
  const revisions = yield* revisionsOf(view, set);
  const pods = yield* podsOf(view, set);
  if (revisions === undefined || pods === undefined) return;
  const look = lookAtNodes({ view, now, set, hash: revisions.hash }, pods);
  const placed = yield* carryOut(look, yield* placePods(look));
  const isRolling = placed === 'nothing' && set.spec.updateStrategy?.type === 'RollingUpdate';
  const rolled = isRolling ? yield* carryOut(look, nextOfUpdate(look)) : placed;
  if (rolled !== 'refused') yield* cleanUp(set, revisions.old, pods);
  const seen = rolled === 'nothing' ? look : { ...look, podsOn: podsByNode(yield* livePods(set)) };
  yield* report(seen, key);
}

function* podsOf(view: View, set: DaemonSet): Doing<readonly Pod[] | undefined> {
  return yield* claimPods(view, {
    owner: set,
    ownerResource: 'daemonsets.apps',
    matches: ({ metadata }) => selects(set.spec.selector, metadata.labels),
  });
}

type Outcome = 'nothing' | 'done' | 'refused';

/**
 * Creates in batches of 1, 2, 4, … until one meets a refusal, then deletes (daemon_controller.go syncNodes).
 */
function* carryOut({ view, now, set, hash }: DaemonLook, { needing, going }: Placing): Doing<Outcome> {
  const control = { view, now, component: ACTOR, owner: set };
  const nodes = needing.slice(0, BURST);
  let isRefused = false;
  for (let made = 0, batch = 1; made < nodes.length && !isRefused; made += batch, batch *= 2) {
    for (const node of nodes.slice(made, made + batch)) {
      const refusal = yield* createPod(control, daemonPod(set, hash, node));
      isRefused ||= refusal !== undefined;
    }
  }
  for (const pod of going.slice(0, BURST)) {
    const refusal = yield* deletePod(control, pod);
    isRefused ||= refusal !== undefined;
  }
  if (isRefused) return 'refused';
  return needing.length + going.length > 0 ? 'done' : 'nothing';
}

/** By the time it tells of them, Kubernetes has seen the pods that it made (recorded in k of 1.36). */
function* livePods(set: DaemonSet): Doing<readonly Pod[]> {
  const { namespace = '' } = set.metadata;
  const listed = yield { verb: 'list', resource: 'pods', namespace };
  const pods = listed.ok ? ((listed.items ?? []) as readonly Pod[]) : [];
  return pods.filter((pod) => isControlledBy(pod, set));
}

function* report(look: DaemonLook, key: string): Doing<void> {
  const { view, set, now } = look;
  const status = statusOf(look);
  const minReady = set.spec.minReadySeconds ?? 0;
  const isWaiting = minReady > 0 && status.numberReady !== (status.numberAvailable ?? 0);
  if (isWaiting) yield* putOff(view, { actor: ACTOR, key, now, until: now + minReady * SECOND });
  if (isEqualJson(status, set.status)) return;
  const { namespace = '', name = '' } = set.metadata;
  const target = { resource: 'daemonsets.apps', namespace, name } as const;
  const answer = yield {
    verb: 'update',
    ...target,
    subresource: 'status',
    object: { ...set, status } as DaemonSet,
  };
  if (answer.ok || answer.status.reason !== 'Conflict') return;
  const fresh = yield { verb: 'get', ...target };
  if (!fresh.ok || fresh.object?.metadata.uid !== set.metadata.uid) return;
  yield {
    verb: 'update',
    ...target,
    subresource: 'status',
    object: { ...fresh.object, status } as DaemonSet,
  };
}

function statusOf(look: DaemonLook): DaemonSetStatus {
  const { set, hash, eligibility, podsOn } = look;
  let [current, misplaced, ready, available, updated] = [0, 0, 0, 0, 0];
  for (const [node, { shouldRun }] of eligibility) {
    const [pod] = podsOn.get(node) ?? [];
    if (pod === undefined) continue;
    if (!shouldRun) {
      misplaced++;
      continue;
    }
    current++;
    if (isReady(pod)) ready++;
    if (isAvailableNow(look, pod)) available++;
    if (isUpdated(pod, set, hash)) updated++;
  }
  const desired = desiredNodes(look);
  const { collisionCount } = set.status ?? {};
  const { generation } = set.metadata;
  return {
    currentNumberScheduled: current,
    numberMisscheduled: misplaced,
    desiredNumberScheduled: desired,
    numberReady: ready,
    ...(generation !== undefined && { observedGeneration: generation }),
    ...(updated > 0 && { updatedNumberScheduled: updated }),
    ...(available > 0 && { numberAvailable: available }),
    ...(desired > available && { numberUnavailable: desired - available }),
    ...(collisionCount !== undefined && { collisionCount }),
  };
}
