import type { Doing } from '../../contract/doing.ts';
import type { Pod } from '../../objects/kubernetes.ts';
import { isAvailableNow } from '../shared/pod-state.ts';
import { revisionOf } from './identity.ts';
import { deletePod, type Step } from './process-replicas.ts';
import {
  countDeed,
  isGoing,
  isRunningAndReady,
  isUnavailable,
  type StatefulLook,
  type Tally,
} from './stateful-look.ts';

/**
 * Deletes a pod that there is no room for. In an ordered set one that is not fine waits for those that are
 * not fine before it (stateful_set_control.go processCondemned).
 */
export function* processCondemned(look: StatefulLook, tally: Tally, pod: Pod): Doing<Step> {
  if (isGoing(pod)) return 'stop';
  const isFine = isRunningAndReady(pod) && isAvailableNow(look, pod);
  if (look.isOrdered && !isFine && pod !== look.firstUnavailable) return 'stop';
  if (!(yield* deletePod(look, pod))) return 'failed';
  countDeed(look, tally, { pod, by: -1, isGone: false });
  return 'stop';
}

/**
 * Deletes the pod with the highest ordinal that has not the newest revision; the next goes when that one is
 * fine again. All before it are fine in an ordered set (stateful_set_control.go updateStatefulSet).
 */
export function* rollNext(look: StatefulLook, tally: Tally): Doing<Step> {
  const { set, replicas, revisions } = look;
  const partition = set.spec.updateStrategy?.rollingUpdate?.partition ?? 0;
  // The partition is compared with the place among the replicas, and not with the ordinal.
  for (const { pod } of replicas.slice(partition).reverse()) {
    const isOld = revisionOf(pod) !== revisions.update.metadata.name;
    if (isOld && !isGoing(pod)) {
      if (!(yield* deletePod(look, pod))) return 'failed';
      tally.current = Math.max(0, tally.current - 1);
      return 'stop';
    }
    if (isUnavailable(look, pod)) return 'stop';
  }
  return 'on';
}
