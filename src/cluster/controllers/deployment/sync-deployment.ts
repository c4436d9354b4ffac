import type { Doing } from '../../contract/doing.ts';
import { findCondition } from '../../objects/conditions.ts';
import type { Deployment, ReplicaSet } from '../../objects/kubernetes.ts';
import { selects } from '../../objects/label-selector.ts';
import { claim } from '../shared/claim.ts';
import { countIn, DESIRED } from './annotations.ts';
import { cleanUp } from './clean-up.ts';
import { syncCurrent } from './current-replica-set.ts';
import { type DeploymentLook, setOwnCondition, setStatus, tell, writeStatus } from './deployment-look.ts';
import { reportDeployment } from './deployment-status.ts';
import { recreate } from './recreate.ts';
import { activeOf, allOf, type ReplicaSets, sortOut } from './replica-sets.ts';
import { rollBack, rollbackTarget } from './roll-back.ts';
import { rollOn } from './rolling-update.ts';
import { progressDeadlineOf, replicasOf } from './rollout-limits.ts';
import { scaleProportionally } from './scale-proportionally.ts';

/** What a Deployment is looked at for, in this order (deployment_controller.go syncDeployment). */
export function* syncDeployment(look: DeploymentLook): Doing<void> {
  const { selector } = look.deployment.spec;
  if (!hasEntries(selector.matchLabels) && !selector.matchExpressions?.length) {
    yield* refuseToSelectAll(look);
    return;
  }
  const owned = yield* claimReplicaSets(look);
  if (owned === undefined) return;
  const sets = sortOut(look.deployment, owned);
  if (look.deployment.metadata.deletionTimestamp !== undefined) {
    const synced = yield* syncCurrent(look, sets, false);
    if (synced !== 'failed') yield* reportDeployment(look, synced.sets);
    return;
  }
  if (!(yield* notePause(look))) return;
  if (look.deployment.spec.paused) yield* syncSizes(look, sets);
  else if (rollbackTarget(look.deployment) !== undefined) yield* rollBack(look, sets);
  else yield* rollOut(look, sets);
}

function* rollOut(look: DeploymentLook, sets: ReplicaSets): Doing<void> {
  const synced = yield* syncCurrent(look, sets, false);
  // What was changed in the current ReplicaSet is news for another look, as it is for the real controller,
  // which would meet a conflict.
  if (synced === 'failed' || synced.isChanged) return;
  if (isScalingEvent(look.deployment, synced.sets)) yield* syncSizes(look, synced.sets);
  else if (look.deployment.spec.strategy?.type === 'Recreate') yield* recreate(look, synced.sets);
  else yield* rollOn(look, synced.sets);
}

/** Whether somebody changed `spec.replicas` since the ReplicaSets were sized (sync.go isScalingEvent). */
function isScalingEvent(deployment: Deployment, sets: ReplicaSets): boolean {
  return activeOf(allOf(sets)).some((set) => {
    const desired = countIn(set, DESIRED);
    return desired !== undefined && desired !== replicasOf(deployment);
  });
}

/** No step of a rollout: sizes only, as at a change of size or in a pause (sync.go sync). */
function* syncSizes(look: DeploymentLook, sets: ReplicaSets): Doing<void> {
  const synced = yield* syncCurrent(look, sets, false);
  if (synced === 'failed' || !(yield* scaleProportionally(look, synced.sets))) return;
  const { paused } = look.deployment.spec;
  const mayCleanUp = paused && rollbackTarget(look.deployment) === undefined;
  if (mayCleanUp && !(yield* cleanUp(look, synced.sets.old))) return;
  yield* reportDeployment(look, synced.sets);
}

function* claimReplicaSets({ view, deployment }: DeploymentLook): Doing<readonly ReplicaSet[] | undefined> {
  const { selector } = deployment.spec;
  return yield* claim({
    owner: deployment,
    ownerResource: 'deployments.apps',
    resource: 'replicasets.apps',
    candidates: view.objects.list<ReplicaSet>('replicasets.apps', deployment.metadata.namespace),
    matches: (set: ReplicaSet) => selects(selector, set.metadata.labels),
  });
}

/**
 * A pause says so in place of progress, so that nobody takes it for a stuck rollout (sync.go
 * checkPausedConditions).
 */
function* notePause(look: DeploymentLook): Doing<boolean> {
  const { spec, status } = look.deployment;
  const reason = findCondition(status?.conditions, 'Progressing')?.reason;
  if (progressDeadlineOf(look.deployment) === undefined || reason === 'ProgressDeadlineExceeded') return true;
  const isPaused = spec.paused === true;
  if (isPaused === (reason === 'DeploymentPaused')) return true;
  setOwnCondition(look, {
    type: 'Progressing',
    status: 'Unknown',
    reason: isPaused ? 'DeploymentPaused' : 'DeploymentResumed',
    message: `Deployment is ${isPaused ? 'paused' : 'resumed'}`,
  });
  return yield* writeStatus(look);
}

function* refuseToSelectAll(look: DeploymentLook): Doing<void> {
  const message = 'This deployment is selecting all pods. A non-empty selector is required.';
  yield* tell(look, 'SelectingAll', { type: 'Warning', message });
  const { metadata, status } = look.deployment;
  const { generation = 0 } = metadata;
  if ((status?.observedGeneration ?? 0) >= generation) return;
  setStatus(look, { ...status, observedGeneration: generation });
  yield* writeStatus(look);
}

function hasEntries(labels: Readonly<Record<string, string>> | undefined): boolean {
  return Object.keys(labels ?? {}).length > 0;
}
