import type { Doing } from '../../contract/doing.ts';
import type { ReplicaSet } from '../../objects/kubernetes.ts';
import { cleanUp } from './clean-up.ts';
import { grownSize, syncCurrent } from './current-replica-set.ts';
import type { DeploymentLook } from './deployment-look.ts';
import { isComplete, reportRollout } from './progress.ts';
import { activeOf, allOf, availableOf, type ReplicaSets, sizeOf, sumOf } from './replica-sets.ts';
import { maxUnavailable, replicasOf } from './rollout-limits.ts';
import { scaleReplicaSet } from './scale-replica-set.ts';

/**
 * One step of a rolling update: the new pods grow, or else the old ones shrink (rolling.go rolloutRolling).
 */
export function* rollOn(look: DeploymentLook, owned: ReplicaSets): Doing<void> {
  const synced = yield* syncCurrent(look, owned, true);
  if (synced === 'failed' || synced.sets.current === undefined) return;
  const { sets } = synced;
  const grown = yield* growCurrent(look, sets, synced.sets.current);
  if (grown === 'failed') return;
  const isScaled = grown || (yield* shrinkOld(look, sets, synced.sets.current));
  if (!isScaled && isComplete(look.deployment, look.deployment.status)) {
    if (!(yield* cleanUp(look, sets.old))) return;
  }
  yield* reportRollout(look, sets);
}

function* growCurrent(
  look: DeploymentLook,
  sets: ReplicaSets,
  current: ReplicaSet,
): Doing<boolean | 'failed'> {
  const [size, wanted] = [sizeOf(current), replicasOf(look.deployment)];
  if (size === wanted) return false;
  const to = size > wanted ? wanted : grownSize(look.deployment, sets, size);
  const scaled = yield* scaleReplicaSet(look, current, { to });
  return scaled === 'failed' ? 'failed' : scaled.isScaled;
}

/**
 * Old pods go as far as the new ones that are available allow it: first those that are of no use anyway, as
 * they would stand in the way for ever (rolling.go reconcileOldReplicaSets).
 */
function* shrinkOld(look: DeploymentLook, sets: ReplicaSets, current: ReplicaSet): Doing<boolean> {
  const { deployment } = look;
  const old = activeOf(sets.old);
  if (old.length === 0) return false;
  const least = replicasOf(deployment) - maxUnavailable(deployment);
  const missing = sizeOf(current) - availableOf(current);
  const spare = sumOf(allOf(sets), sizeOf) - least - missing;
  if (spare <= 0) return false;
  const cleaned = yield* dropUnhealthy(look, old, spare);
  if (cleaned === 'failed') return false;
  const surplus = sumOf([...old, current], availableOf) - least;
  const dropped = yield* dropSurplus(look, cleaned.sets, surplus);
  return dropped !== 'failed' && cleaned.count + dropped.count > 0;
}

interface Dropped {
  readonly sets: readonly ReplicaSet[];
  readonly count: number;
}

function* dropUnhealthy(
  look: DeploymentLook,
  old: readonly ReplicaSet[],
  most: number,
): Doing<Dropped | 'failed'> {
  return yield* shrink(look, old, { most, ofEach: (set) => sizeOf(set) - availableOf(set) });
}

function* dropSurplus(
  look: DeploymentLook,
  old: readonly ReplicaSet[],
  most: number,
): Doing<Dropped | 'failed'> {
  return yield* shrink(look, old, { most, ofEach: sizeOf });
}

interface Shrinking {
  readonly most: number;
  readonly ofEach: (set: ReplicaSet) => number;
}

/**
 * Takes pods from the oldest ReplicaSet first, until `most` are taken. One with more available pods than
 * it is to have has just been made smaller, and its status does not know yet: then nothing is taken, or
 * what it still counts would be taken from others (rolling.go: "got invalid request to scale down").
 */
function* shrink(
  look: DeploymentLook,
  sets: readonly ReplicaSet[],
  { most, ofEach }: Shrinking,
): Doing<Dropped | 'failed'> {
  let count = 0;
  const after: ReplicaSet[] = [];
  for (const set of sets) {
    const taken = Math.min(most - count, ofEach(set));
    if (most > count && taken < 0) return 'failed';
    if (taken <= 0) {
      after.push(set);
      continue;
    }
    const scaled = yield* scaleReplicaSet(look, set, { to: sizeOf(set) - taken });
    if (scaled === 'failed') return 'failed';
    count += taken;
    after.push(scaled.set);
  }
  return { sets: after, count };
}
