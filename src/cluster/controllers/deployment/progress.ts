import { type Millis, SECOND } from '../../../kernel/time/millis.ts';
import { parseRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { Doing } from '../../contract/doing.ts';
import { findCondition } from '../../objects/conditions.ts';
import type {
  Deployment,
  DeploymentCondition,
  DeploymentStatus,
  ReplicaSet,
  ReplicaSetCondition,
} from '../../objects/kubernetes.ts';
import { setCondition, withoutCondition } from '../shared/set-condition.ts';
import { conditionOf, type DeploymentLook } from './deployment-look.ts';
import { statusOf, writeNewStatus } from './deployment-status.ts';
import { allOf, type ReplicaSets } from './replica-sets.ts';
import { progressDeadlineOf, replicasOf } from './rollout-limits.ts';

type Conditions = readonly DeploymentCondition[];

/**
 * Writes the status of a rollout: how far it is, and whether it still moves (progress.go
 * syncRolloutStatus).
 */
export function* reportRollout(look: DeploymentLook, sets: ReplicaSets): Doing<void> {
  const status = statusOf(look, sets);
  const conditions = withFailure(judged(look, sets, status), sets);
  yield* writeNewStatus(look, { ...status, conditions: [...conditions] });
}

/** Whether all pods are new, and all are available (deployment_util.go DeploymentComplete). */
export function isComplete(deployment: Deployment, status: DeploymentStatus | undefined): boolean {
  const wanted = replicasOf(deployment);
  const { updatedReplicas = 0, replicas = 0, availableReplicas = 0, observedGeneration = 0 } = status ?? {};
  return (
    updatedReplicas === wanted &&
    replicas === wanted &&
    availableReplicas === wanted &&
    observedGeneration >= (deployment.metadata.generation ?? 0)
  );
}

/**
 * When a rollout that has not moved is looked at again: a second after its deadline, so that it is over by
 * then (progress.go requeueStuckDeployment).
 */
export function nextProgressCheck(deployment: Deployment, epochMs: number): Millis | undefined {
  const { paused } = deployment.spec;
  const deadline = progressDeadlineOf(deployment);
  const condition = findCondition(deployment.status?.conditions, 'Progressing');
  if (paused || deadline === undefined || condition?.lastUpdateTime === undefined) return undefined;
  if (condition.reason === 'ProgressDeadlineExceeded' || condition.reason === 'NewReplicaSetAvailable')
    return undefined;
  return (parseRfc3339(condition.lastUpdateTime) ?? 0) + (deadline + 1) * SECOND - epochMs;
}

function judged(look: DeploymentLook, { current }: ReplicaSets, status: DeploymentStatus): Conditions {
  const { deployment } = look;
  const conditions = status.conditions ?? [];
  if (progressDeadlineOf(deployment) === undefined) return withoutCondition(conditions, 'Progressing');
  const before = findCondition(deployment.status?.conditions, 'Progressing');
  const isDone = status.replicas === status.updatedReplicas && before?.reason === 'NewReplicaSetAvailable';
  if (isDone) return conditions;
  const who = current ? `ReplicaSet "${current.metadata.name}"` : `Deployment "${deployment.metadata.name}"`;
  const progressing = (value: 'True' | 'False', reason: string, message: string): DeploymentCondition =>
    conditionOf(look, { type: 'Progressing', status: value, reason, message: `${who} ${message}` });
  if (isComplete(deployment, status)) {
    const condition = progressing('True', 'NewReplicaSetAvailable', 'has successfully progressed.');
    return setCondition(conditions, condition);
  }
  if (isMoving(deployment.status, status)) {
    const condition = progressing('True', 'ReplicaSetUpdated', 'is progressing.');
    const since = before?.status === 'True' ? before.lastTransitionTime : undefined;
    // Told anew each time, so that it says when it last moved.
    return [
      ...withoutCondition(conditions, 'Progressing'),
      since === undefined ? condition : { ...condition, lastTransitionTime: since },
    ];
  }
  if (!isTimedOut(look, before)) return conditions;
  return setCondition(
    conditions,
    progressing('False', 'ProgressDeadlineExceeded', 'has timed out progressing.'),
  );
}

/** More new pods, fewer old ones, more ready or more available (deployment_util.go DeploymentProgressing). */
function isMoving(before: DeploymentStatus | undefined, after: DeploymentStatus): boolean {
  const old = (status: DeploymentStatus = {}) => (status.replicas ?? 0) - (status.updatedReplicas ?? 0);
  return (
    (after.updatedReplicas ?? 0) > (before?.updatedReplicas ?? 0) ||
    old(after) < old(before) ||
    (after.readyReplicas ?? 0) > (before?.readyReplicas ?? 0) ||
    (after.availableReplicas ?? 0) > (before?.availableReplicas ?? 0)
  );
}

function isTimedOut(
  { deployment, view, now }: DeploymentLook,
  before: DeploymentCondition | undefined,
): boolean {
  const deadline = progressDeadlineOf(deployment);
  if (before === undefined || deadline === undefined || before.reason === 'NewReplicaSetAvailable')
    return false;
  if (before.reason === 'ProgressDeadlineExceeded') return true;
  const from = parseRfc3339(before.lastUpdateTime ?? '') ?? 0;
  return from + deadline * SECOND < view.settings.epochMs + now;
}

/** A ReplicaSet that can't make or remove pods lets its Deployment say so; the current one speaks first. */
function withFailure(conditions: Conditions, sets: ReplicaSets): Conditions {
  const failure = [...(sets.current ? [sets.current] : []), ...allOf(sets)]
    .map(failureOf)
    .find((each) => each);
  if (failure === undefined) return withoutCondition(conditions, 'ReplicaFailure');
  const { lastTransitionTime } = failure;
  return setCondition<DeploymentCondition>(conditions, {
    ...failure,
    ...(lastTransitionTime !== undefined && { lastUpdateTime: lastTransitionTime }),
  });
}

function failureOf({ status }: ReplicaSet): ReplicaSetCondition | undefined {
  return findCondition(status?.conditions, 'ReplicaFailure');
}
