import type { Doing } from '../../contract/doing.ts';
import type { Pod } from '../../objects/kubernetes.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import { record } from '../../recorder/record.ts';
import { isAvailableNow } from '../shared/pod-state.ts';
import { createClaims, hasStaleClaim, settleOwners } from './claims.ts';
import { hasIdentity, hasStorage, withIdentity, withStorage } from './identity.ts';
import { ordinalOf } from './ordinals.ts';
import {
  ACTOR,
  countDeed,
  isGoing,
  isRunningAndReady,
  newPod,
  type Replica,
  type StatefulLook,
  type Tally,
} from './stateful-look.ts';
import { tell } from './tell.ts';

/** How a part of a look ended: an ordered set goes no further after `stop`, and none after `failed`. */
export type Step = 'on' | 'stop' | 'failed';

/** No more than these at a time (stateful_set_control.go MaxBatchSize). */
const MAX_BATCH = 500;

/** Ordered: until one stops. Parallel: in batches of 1, 2, 4, … until one fails (runForAll). */
export function* forAll<Item>(
  { isOrdered }: StatefulLook,
  items: readonly Item[],
  work: (item: Item) => Doing<Step>,
): Doing<Step> {
  if (isOrdered) {
    for (const item of items) {
      const step = yield* work(item);
      if (step !== 'on') return step;
    }
    return 'on';
  }
  for (let from = 0, size = 1; from < items.length; from += size, size = Math.min(2 * size, MAX_BATCH)) {
    let hasFailed = false;
    for (const item of items.slice(from, from + size)) {
      if ((yield* work(item)) === 'failed') hasFailed = true;
    }
    if (hasFailed) return 'failed';
  }
  return 'on';
}

/**
 * What becomes of pods that have ended. 1.20 puts another in the place of a failed one at once and tells of
 * it; since 1.31 the next look makes it, when the old one is gone (stateful_set_control.go processReplica).
 */
const REPLACES_AT_ONCE: Since<boolean> = [
  [0, true],
  [31, false],
];

/** A pod that succeeded is none that a set can keep, since 1.27. */
const REPLACES_SUCCEEDED: Since<boolean> = [
  [0, false],
  [27, true],
];

/** Makes a replica, or sees that it is as it is to be (stateful_set_control.go processReplica). */
export function* processReplica(look: StatefulLook, tally: Tally, replica: Replica): Doing<Step> {
  const { version } = look.view.settings;
  const { pod, isCreated } = replica;
  const { phase } = pod.status ?? {};
  const hasEnded = phase === 'Failed' || (phase === 'Succeeded' && inVersion(REPLACES_SUCCEEDED, version));
  if (isCreated && hasEnded) {
    if (!inVersion(REPLACES_AT_ONCE, version)) {
      if (isGoing(pod)) return 'stop';
      return (yield* deletePod(look, pod)) ? 'stop' : 'failed';
    }
    return yield* replaceEnded(look, tally, pod);
  }
  if (!isCreated) return yield* createReplica(look, tally, pod);
  if (phase === 'Pending' && (yield* createClaims(look, pod)) !== undefined) return 'failed';
  const isFine = !isGoing(pod) && isRunningAndReady(pod) && isAvailableNow(look, pod);
  if (look.isOrdered && !isFine) return 'stop';
  return (yield* keepIdentity(look, pod)) ? 'on' : 'failed';
}

function* createReplica(look: StatefulLook, tally: Tally, pod: Pod): Doing<Step> {
  if (hasStaleClaim(look, pod)) return 'stop';
  const problem = yield* createClaims(look, pod);
  if (problem !== undefined) {
    yield* tell(look, { verb: 'create', pod, problem });
    return 'failed';
  }
  const namespace = look.set.metadata.namespace ?? '';
  const made = yield { verb: 'create', resource: 'pods', namespace, object: pod };
  if (!made.ok && made.status.reason === 'AlreadyExists') return 'failed';
  if (!(yield* settleOwners(look, (made.ok && (made.object as Pod)) || pod))) return 'failed';
  yield* tell(look, { verb: 'create', pod, ...(!made.ok && { problem: made.status.message }) });
  if (!made.ok) return 'failed';
  countDeed(look, tally, { pod, by: 1 });
  return 'stop';
}

function* replaceEnded(look: StatefulLook, tally: Tally, pod: Pod): Doing<Step> {
  const { view, now, set } = look;
  const { namespace, name } = set.metadata;
  const isFailed = pod.status?.phase === 'Failed';
  const [reason, what] = isFailed
    ? ['RecreatingFailedPod', 'failed']
    : ['RecreatingTerminatedPod', 'terminated'];
  const message = `StatefulSet ${namespace}/${name} is recreating ${what} Pod ${pod.metadata.name}`;
  yield* record(view, { component: ACTOR, object: set, type: 'Warning', reason, message }, now);
  if (!(yield* deletePod(look, pod))) return 'failed';
  countDeed(look, tally, { pod, by: -1 });
  return yield* createReplica(look, tally, newPod(look, ordinalOf(pod)));
}

/** Deletes a pod with its own grace; one that is gone is as good. Whether it was granted. */
export function* deletePod(look: StatefulLook, pod: Pod): Doing<boolean> {
  const { namespace = '', name = '' } = pod.metadata;
  const gone = yield { verb: 'delete', resource: 'pods', namespace, name };
  const isDone = gone.ok || gone.status.code === 404;
  yield* tell(look, { verb: 'delete', pod, ...(!isDone && { problem: gone.status.message }) });
  return isDone;
}

/** A pod whose labels, claims or claims' owners are not what they are to be is changed. */
function* keepIdentity(look: StatefulLook, pod: Pod): Doing<boolean> {
  const { set, view } = look;
  if (!(yield* settleOwners(look, pod))) return false;
  if (hasIdentity(pod) && hasStorage(pod, set)) return true;
  const claims = yield* createClaims(look, pod);
  const object = withStorage(withIdentity(pod, view.settings.version), set);
  const { namespace = '', name = '' } = pod.metadata;
  const answer = yield { verb: 'update', resource: 'pods', namespace, name, object };
  const problem = claims ?? (answer.ok ? undefined : answer.status.message);
  yield* tell(look, { verb: 'update', pod, ...(problem !== undefined && { problem }) });
  return problem === undefined;
}
