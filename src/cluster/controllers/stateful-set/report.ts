import type { Doing } from '../../contract/doing.ts';
import { isEqualJson } from '../../objects/json.ts';
import type { StatefulSet, StatefulSetStatus } from '../../objects/kubernetes.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import type { StatefulLook, Tally } from './stateful-look.ts';

/** StatefulSetMinReadySeconds: alpha in 1.22, and the count with it. */
const COUNTS_AVAILABLE: Since<boolean> = [
  [0, false],
  [22, true],
];

/** Writes the status if it says something new; once more if somebody else wrote the set meanwhile. */
export function* report(look: StatefulLook, tally: Tally): Doing<void> {
  const { set } = look;
  const status = statusOf(look, tally);
  if (!isNews(set, status)) return;
  const { namespace = '', name = '' } = set.metadata;
  const target = { resource: 'statefulsets.apps', namespace, name } as const;
  const object: StatefulSet = { ...set, status };
  const answer = yield { verb: 'update', ...target, subresource: 'status', object };
  if (answer.ok || answer.status.reason !== 'Conflict') return;
  const fresh = yield { verb: 'get', ...target };
  if (!fresh.ok || fresh.object?.metadata.uid !== set.metadata.uid) return;
  const again = { ...fresh.object, status } as StatefulSet;
  yield { verb: 'update', ...target, subresource: 'status', object: again };
}

function statusOf({ set, revisions, view }: StatefulLook, tally: Tally): StatefulSetStatus {
  const { generation } = set.metadata;
  const update = revisions.update.metadata.name ?? '';
  const { replicas, ready, available, updated } = tally;
  const isComplete = isRolledOut(set, tally);
  const current = isComplete ? updated : tally.current;
  return {
    ...(generation !== undefined && { observedGeneration: generation }),
    replicas,
    ...(ready > 0 && { readyReplicas: ready }),
    ...(current > 0 && { currentReplicas: current }),
    ...(updated > 0 && { updatedReplicas: updated }),
    currentRevision: isComplete ? update : (revisions.current.metadata.name ?? ''),
    updateRevision: update,
    collisionCount: revisions.collisions,
    ...(inVersion(COUNTS_AVAILABLE, view.settings.version) && { availableReplicas: available }),
  };
}

/** The new revision is the current one when all pods have it and are ready (completeRollingUpdate). */
function isRolledOut({ spec }: StatefulSet, { updated, ready, replicas }: Tally): boolean {
  const isRolling = spec.updateStrategy?.type === 'RollingUpdate';
  return isRolling && [updated, ready, replicas].every((count) => count === (spec.replicas ?? 1));
}

/** A count of collisions alone is none (stateful_set_utils.go inconsistentStatus). */
function isNews({ status: before = { replicas: 0 } }: StatefulSet, status: StatefulSetStatus): boolean {
  if ((status.observedGeneration ?? 0) > (before.observedGeneration ?? 0)) return true;
  const told = ({ collisionCount: _, observedGeneration: __, ...rest }: StatefulSetStatus) => rest;
  return !isEqualJson(told(before), told(status));
}
