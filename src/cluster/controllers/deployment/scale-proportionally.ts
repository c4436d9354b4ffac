import type { Doing } from '../../contract/doing.ts';
import type { Deployment, ReplicaSet } from '../../objects/kubernetes.ts';
import { countIn, DESIRED, MAXIMUM } from './annotations.ts';
import type { DeploymentLook } from './deployment-look.ts';
import {
  activeOf,
  allOf,
  availableOf,
  compareByCreation,
  type ReplicaSets,
  sizeOf,
  sumOf,
} from './replica-sets.ts';
import { isRollingUpdate, maxSurge, replicasOf } from './rollout-limits.ts';
import { scaleReplicaSet } from './scale-replica-set.ts';

/**
 * Brings all ReplicaSets to the size that is wanted now, each by its share, so that scaling in the middle
 * of a rollout hastens nothing (sync.go scale). False when something was refused.
 */
export function* scaleProportionally(look: DeploymentLook, sets: ReplicaSets): Doing<boolean> {
  const wanted = replicasOf(look.deployment);
  const only = activeOrLatest(sets);
  if (only) return (yield* scaleReplicaSet(look, only, { to: wanted })) !== 'failed';
  if (isSaturated(look.deployment, sets.current))
    return yield* scaleAll(
      look,
      activeOf(sets.old).map((set) => [set, 0]),
    );
  if (!isRollingUpdate(look.deployment)) return true;
  return yield* scaleAll(look, sharesOf(look.deployment, activeOf(allOf(sets))), true);
}

type Sized = readonly [set: ReplicaSet, to: number];

function* scaleAll(look: DeploymentLook, sized: readonly Sized[], isForced = false): Doing<boolean> {
  for (const [set, to] of sized) {
    if ((yield* scaleReplicaSet(look, set, { to, isForced })) === 'failed') return false;
  }
  return true;
}

/** The only one that has pods, or the newest when none has (deployment_util.go FindActiveOrLatest). */
function activeOrLatest(sets: ReplicaSets): ReplicaSet | undefined {
  const active = activeOf(allOf(sets));
  if (active.length === 0) return sets.current ?? sets.old.at(-1);
  return active.length === 1 ? active[0] : undefined;
}

/** Whether the current one has all the pods that are wanted, all of them available. */
function isSaturated(deployment: Deployment, current: ReplicaSet | undefined): boolean {
  const wanted = replicasOf(deployment);
  if (current === undefined || countIn(current, DESIRED) !== wanted) return false;
  return sizeOf(current) === wanted && availableOf(current) === wanted;
}

/** The sizes of the active ones, largest first: the first takes what rounding left over. */
export function sharesOf(deployment: Deployment, active: readonly ReplicaSet[]): readonly Sized[] {
  const wanted = replicasOf(deployment);
  const allowed = wanted > 0 ? wanted + maxSurge(deployment) : 0;
  const toAdd = allowed - sumOf(active, sizeOf);
  const sorted = [...active].sort(
    (a, b) => sizeOf(b) - sizeOf(a) || (toAdd > 0 ? compareByCreation(b, a) : compareByCreation(a, b)),
  );
  let added = 0;
  const shares = sorted.map((set) => {
    const share = shareOf(deployment, set);
    const left = toAdd - added;
    const taken = toAdd === 0 || left === 0 ? 0 : toAdd > 0 ? Math.min(share, left) : Math.max(share, left);
    added += taken;
    return taken;
  });
  return sorted.map((set, index) => {
    const to = sizeOf(set) + (shares[index] ?? 0);
    return [set, index === 0 ? Math.max(0, to + toAdd - added) : to];
  });
}

/**
 * How much a ReplicaSet would grow if it grew as the whole does (deployment_util.go getReplicaSetFraction).
 */
function shareOf(deployment: Deployment, set: ReplicaSet): number {
  const wanted = replicasOf(deployment);
  if (wanted === 0) return -sizeOf(set);
  const before = countIn(set, MAXIMUM) || (deployment.status?.replicas ?? 0);
  if (before === 0) return 0;
  // Half away from zero; all of it is positive.
  return Math.floor((sizeOf(set) * (wanted + maxSurge(deployment))) / before + 0.5) - sizeOf(set);
}
