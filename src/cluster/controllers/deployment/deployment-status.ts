import type { Doing } from '../../contract/doing.ts';
import { extended, isEqualJson } from '../../objects/json.ts';
import type { DeploymentStatus, ReplicaSet } from '../../objects/kubernetes.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import { setCondition } from '../shared/set-condition.ts';
import { conditionOf, type DeploymentLook, setStatus, writeStatus } from './deployment-look.ts';
import { allOf, availableOf, type ReplicaSets, sizeOf, sumOf } from './replica-sets.ts';
import { maxUnavailable, replicasOf } from './rollout-limits.ts';

/** DeploymentReplicaSetTerminatingReplicas: alpha in 1.33, on since 1.35. */
const COUNTS_TERMINATING: Since<boolean> = [
  [0, false],
  [35, true],
];

/**
 * Writes the status that follows from the ReplicaSets, without judging progress (sync.go
 * syncDeploymentStatus).
 */
export function* reportDeployment(look: DeploymentLook, sets: ReplicaSets): Doing<void> {
  yield* writeNewStatus(look, statusOf(look, sets));
}

export function* writeNewStatus(look: DeploymentLook, status: DeploymentStatus): Doing<void> {
  if (isEqualJson(status, look.deployment.status)) return;
  setStatus(look, status);
  yield* writeStatus(look);
}

/**
 * As the ReplicaSets told it when the look began: what the look asked of them shows in a later one (sync.go
 * calculateStatus).
 */
export function statusOf(look: DeploymentLook, sets: ReplicaSets): DeploymentStatus {
  const { deployment, view } = look;
  const all = allOf(sets);
  const available = sumOf(all, availableOf);
  const counts = {
    replicas: sumOf(all, ({ status }) => status?.replicas ?? 0),
    updatedReplicas: sets.current?.status?.replicas ?? 0,
    readyReplicas: sumOf(all, ({ status }) => status?.readyReplicas ?? 0),
    availableReplicas: available,
    unavailableReplicas: Math.max(0, sumOf(all, sizeOf) - available),
    observedGeneration: deployment.metadata.generation ?? 0,
  };
  const said = Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0));
  const { collisionCount, conditions } = deployment.status ?? {};
  const terminating = inVersion(COUNTS_TERMINATING, view.settings.version) ? terminatingOf(all) : undefined;
  const isEnough = available >= replicasOf(deployment) - maxUnavailable(deployment);
  const availability = conditionOf(look, {
    type: 'Available',
    status: isEnough ? 'True' : 'False',
    reason: isEnough ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
    message: `Deployment ${isEnough ? 'has' : 'does not have'} minimum availability.`,
  });
  return extended(said, {
    ...(terminating !== undefined && { terminatingReplicas: terminating }),
    ...(collisionCount !== undefined && { collisionCount }),
    conditions: [...setCondition(conditions, availability)],
  });
}

/** Unknown as long as one that its controller has looked at does not say. */
function terminatingOf(sets: readonly ReplicaSet[]): number | undefined {
  const isSilent = ({ status }: ReplicaSet) => status?.terminatingReplicas === undefined;
  if (sets.some((set) => isSilent(set) && (set.status?.observedGeneration ?? 0) > 0)) return undefined;
  return sumOf(sets, ({ status }) => status?.terminatingReplicas ?? 0);
}
