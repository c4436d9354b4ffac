import { MINUTE, SECOND } from '../../../kernel/time/millis.ts';
import { controllerRowKey } from '../../contract/controller-row.ts';
import type { Doing } from '../../contract/doing.ts';
import type { Pod } from '../../objects/kubernetes.ts';
import { storageKey } from '../../objects/storage-key.ts';
import { record } from '../../recorder/record.ts';
import { isAvailableNow, isReady } from '../shared/pod-state.ts';
import { putOff } from '../shared/put-off.ts';
import { ACTOR, type DaemonLook } from './daemon-look.ts';
import { HASH, maxSurge } from './daemon-pods.ts';

/** What is to be done: nodes that need a pod, and pods that are to go. */
export interface Placing {
  readonly needing: readonly string[];
  readonly going: readonly Pod[];
}

/** One pod on each node that shall have one, and none elsewhere (daemon_controller.go manage). */
export function* placePods(look: DaemonLook): Doing<Placing> {
  const needing: string[] = [];
  const going: Pod[] = [];
  for (const { metadata } of look.nodes) {
    const on = yield* placeOn(look, metadata.name ?? '');
    needing.push(...on.needing);
    going.push(...on.going);
  }
  // Pods that wait for a node which is no more would wait for ever.
  for (const [node, pods] of look.podsOn) {
    if (!look.eligibility.has(node)) going.push(...pods.filter(({ spec }) => !spec.nodeName));
  }
  return { needing, going };
}

function* placeOn(look: DaemonLook, node: string): Doing<Placing> {
  const { eligibility, podsOn, set } = look;
  const { shouldRun = false, mayContinue = false } = eligibility.get(node) ?? {};
  const pods = podsOn.get(node) ?? [];
  const staying = pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  if (shouldRun && pods.length === 0) return { needing: [node], going: [] };
  if (!mayContinue) return { needing: [], going: staying };
  const going: Pod[] = [];
  const running: Pod[] = [];
  for (const pod of staying) {
    const isOver = pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded';
    if (!isOver) running.push(pod);
    else if (yield* maySweep(look, pod, node)) going.push(pod);
  }
  if (maxSurge(set, 1) === 0) return { needing: [], going: [...going, ...running.slice(1)] };
  if (running.length > 1) return { needing: [], going: [...going, ...surplusOf(look, running)] };
  return { needing: running.length === 0 && shouldRun ? [node] : [], going };
}

/** Two may run: an old one that is ready, and a new one that is not yet available. */
function surplusOf(look: DaemonLook, running: readonly Pod[]): readonly Pod[] {
  const isNew = ({ metadata }: Pod) => metadata.labels?.[HASH] === look.hash;
  const newest = running.find(isNew);
  const oldest = running.find((pod) => !isNew(pod));
  const surplus = running.filter((pod) => pod !== newest && pod !== oldest);
  const isOver = newest && oldest && (!isReady(oldest) || isAvailableNow(look, newest));
  return isOver ? [...surplus, oldest] : surplus;
}

/** Doubled with every failed pod of a node (daemon_controller.go: failedPodsBackoff). */
const FIRST_MS = SECOND;
const MAX_MS = 15 * MINUTE;

/** What has ended is taken away, and what fails again and again more and more slowly. */
function* maySweep({ view, now, set }: DaemonLook, pod: Pod, node: string): Doing<boolean> {
  const { namespace = '', name = '', uid } = set.metadata;
  const about = { component: ACTOR, object: set };
  const which = `daemon pod ${namespace}/${pod.metadata.name} on node ${node}`;
  if (pod.status?.phase === 'Succeeded') {
    const message = `Found succeeded ${which}, will try to delete it`;
    yield* record(view, { ...about, type: 'Normal', reason: 'SucceededDaemonPod', message }, now);
    return true;
  }
  const key = `${uid}/${node}`;
  const epochNow = view.settings.epochMs + now;
  const row = view.rows.row('controllerKeys', controllerRowKey(ACTOR, key));
  const { failures = 0, failedAt = 0 } = row ?? {};
  const delay = Math.min(FIRST_MS * 2 ** (failures - 1), MAX_MS);
  if (failures > 0 && epochNow - failedAt < delay) {
    const own = storageKey({ resource: 'daemonsets.apps', namespace, name });
    yield* putOff(view, { actor: ACTOR, key: own, now, until: now + delay });
    return false;
  }
  // One that went well for long enough begins anew (client-go: flowcontrol/backoff.go).
  const isForgiven = epochNow - failedAt > 2 * MAX_MS;
  const counted = isForgiven ? 1 : failures + 1;
  yield { type: 'FailuresCounted', actor: ACTOR, about: key, failures: counted, failedAt: epochNow };
  const message = `Found failed ${which}, will try to kill it`;
  yield* record(view, { ...about, type: 'Warning', reason: 'FailedDaemonPod', message }, now);
  return true;
}
