import type { Doing } from '../../contract/doing.ts';
import type { ReplicaSet } from '../../objects/kubernetes.ts';
import { revisionOf } from './annotations.ts';
import type { DeploymentLook } from './deployment-look.ts';
import { compareByCreation, sizeOf } from './replica-sets.ts';
import { historyLimitOf } from './rollout-limits.ts';

/**
 * Deletes the oldest revisions beyond the limit, as far as they are empty (sync.go cleanupDeployment). False
 * when a deletion was refused.
 */
export function* cleanUp({ deployment }: DeploymentLook, old: readonly ReplicaSet[]): Doing<boolean> {
  const limit = historyLimitOf(deployment);
  if (limit === undefined) return true;
  const kept = old
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    .sort((a, b) => revisionOf(a) - revisionOf(b) || compareByCreation(a, b));
  for (const set of kept.slice(0, Math.max(0, kept.length - limit))) {
    if (!isEmpty(set)) continue;
    const { namespace = '', name = '' } = set.metadata;
    const gone = yield { verb: 'delete', resource: 'replicasets.apps', namespace, name };
    if (!gone.ok && gone.status.code !== 404) return false;
  }
  return true;
}

function isEmpty(set: ReplicaSet): boolean {
  const { replicas = 0, observedGeneration = 0 } = set.status ?? {};
  return replicas === 0 && sizeOf(set) === 0 && (set.metadata.generation ?? 0) <= observedGeneration;
}
