import type { Deployment } from '../../objects/kubernetes.ts';
import { scaledValue } from '../shared/int-or-percent.ts';

/** As large a number as means none (deployment_util.go HasProgressDeadline, HasRevisionHistoryLimit). */
const NO_LIMIT = 2 ** 31 - 1;

export function replicasOf({ spec }: Deployment): number {
  return spec.replicas ?? 0;
}

export function isRollingUpdate({ spec }: Deployment): boolean {
  return spec.strategy?.type === 'RollingUpdate';
}

/** How many pods there may be beyond those wanted; a share is rounded up. */
export function maxSurge(deployment: Deployment): number {
  if (!isRollingUpdate(deployment)) return 0;
  return scaledValue(deployment.spec.strategy?.rollingUpdate?.maxSurge, replicasOf(deployment), 'up');
}

/**
 * How many of the wanted pods may be missing; a share is rounded down. If there may be neither more nor less,
 * nothing could ever be replaced: then one may be missing (deployment_util.go ResolveFenceposts).
 */
export function maxUnavailable(deployment: Deployment): number {
  const replicas = replicasOf(deployment);
  if (!isRollingUpdate(deployment) || replicas === 0) return 0;
  const given = scaledValue(deployment.spec.strategy?.rollingUpdate?.maxUnavailable, replicas, 'down');
  return Math.min(given === 0 && maxSurge(deployment) === 0 ? 1 : given, replicas);
}

/** Seconds without progress after which a rollout is told to be stuck; undefined for never. */
export function progressDeadlineOf({ spec }: Deployment): number | undefined {
  return spec.progressDeadlineSeconds === NO_LIMIT ? undefined : spec.progressDeadlineSeconds;
}

/** How many old ReplicaSets are kept; undefined for all. */
export function historyLimitOf({ spec }: Deployment): number | undefined {
  return spec.revisionHistoryLimit === NO_LIMIT ? undefined : spec.revisionHistoryLimit;
}
