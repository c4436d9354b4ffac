import type { Doing } from '../../contract/doing.ts';
import { isTerminal } from '../../objects/pod-phase.ts';
import { ownedPods } from '../shared/owned-pods.ts';
import { cleanUp } from './clean-up.ts';
import { syncCurrent } from './current-replica-set.ts';
import type { DeploymentLook } from './deployment-look.ts';
import { isComplete, reportRollout } from './progress.ts';
import { activeOf, type ReplicaSets, sumOf } from './replica-sets.ts';
import { replicasOf } from './rollout-limits.ts';
import { scaleReplicaSet } from './scale-replica-set.ts';

/**
 * One step of a Recreate: all old pods end before the first new one is made (recreate.go rolloutRecreate).
 */
export function* recreate(look: DeploymentLook, owned: ReplicaSets): Doing<void> {
  const known = yield* syncCurrent(look, owned, false);
  if (known === 'failed') return;
  const active = activeOf(known.sets.old);
  for (const set of active) {
    if ((yield* scaleReplicaSet(look, set, { to: 0 })) === 'failed') return;
  }
  if (active.length > 0 || hasOldPods(look, known.sets)) {
    yield* reportRollout(look, known.sets);
    return;
  }
  const synced = known.sets.current ? known : yield* syncCurrent(look, owned, true);
  if (synced === 'failed' || synced.sets.current === undefined) return;
  const { sets } = synced;
  const scaled = yield* scaleReplicaSet(look, synced.sets.current, { to: replicasOf(look.deployment) });
  if (scaled === 'failed') return;
  if (isComplete(look.deployment, look.deployment.status) && !(yield* cleanUp(look, sets.old))) return;
  yield* reportRollout(look, sets);
}

/** Pods on their way out count until they have ended (recreate.go oldPodsRunning). */
function hasOldPods({ view }: DeploymentLook, { old }: ReplicaSets): boolean {
  if (sumOf(old, ({ status }) => status?.replicas ?? 0) > 0) return true;
  return old.some((set) => ownedPods(view, set).some((pod) => !isTerminal(pod)));
}
