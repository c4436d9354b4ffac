import type { Doing } from '../../contract/doing.ts';
import type { Refused } from '../../contract/response.ts';
import { findCondition } from '../../objects/conditions.ts';
import { isEqualJson } from '../../objects/json.ts';
import type { Deployment, LabelSelector, ReplicaSet, ReplicaSetSpec } from '../../objects/kubernetes.ts';
import { controllerReference, isControlledBy } from '../../objects/owner-references.ts';
import { isOfEndingNamespace } from '../shared/pod-control.ts';
import { templateHash } from '../shared/template-hash.ts';
import { annotationsFor, highestRevision, REVISION, withSizes } from './annotations.ts';
import { type DeploymentLook, setOwnCondition, setStatus, tell, writeStatus } from './deployment-look.ts';
import { allOf, HASH_LABEL, isSameTemplate, type ReplicaSets, sizeOf, sumOf } from './replica-sets.ts';
import { isRollingUpdate, maxSurge, progressDeadlineOf, replicasOf } from './rollout-limits.ts';
import { tellCreated } from './scale-replica-set.ts';

const NAME_MAX = 253;

/** The ReplicaSets with the current one up to date; `failed` ends the look. */
export type Synced = { readonly sets: ReplicaSets; readonly isChanged: boolean } | 'failed';

/**
 * Brings the current ReplicaSet's annotations and revision up to date, or the Deployment's own revision.
 * Makes the ReplicaSet where there is none yet and `mayCreate` (sync.go getNewReplicaSet).
 */
export function* syncCurrent(look: DeploymentLook, sets: ReplicaSets, mayCreate: boolean): Doing<Synced> {
  const revision = highestRevision(sets.old) + 1;
  if (sets.current === undefined)
    return mayCreate ? yield* create(look, sets.old, revision) : { sets, isChanged: false };
  const { current } = sets;
  const { namespace = '', name = '', annotations = {} } = current.metadata;
  const { minReadySeconds } = look.deployment.spec;
  const wanted = annotationsFor(look.deployment, annotations, revision);
  if (!isEqualJson(wanted, annotations) || (current.spec.minReadySeconds ?? 0) !== (minReadySeconds ?? 0)) {
    const { minReadySeconds: _, ...spec } = current.spec;
    const object: ReplicaSet = {
      ...current,
      metadata: { ...current.metadata, annotations: wanted },
      spec: { ...spec, ...(minReadySeconds !== undefined && { minReadySeconds }) },
    };
    const answer = yield { verb: 'update', resource: 'replicasets.apps', namespace, name, object };
    if (!answer.ok) return 'failed';
    return { sets: { ...sets, current: answer.object as ReplicaSet }, isChanged: true };
  }
  return (yield* noteRevision(look, current)) ? { sets, isChanged: false } : 'failed';
}

/** The Deployment bears the revision of its current ReplicaSet. */
function* noteRevision(look: DeploymentLook, current: ReplicaSet): Doing<boolean> {
  let needsWrite = setRevision(look, current.metadata.annotations?.[REVISION] ?? '');
  const known = findCondition(look.deployment.status?.conditions, 'Progressing');
  if (known === undefined && progressDeadlineOf(look.deployment) !== undefined) {
    const message = `Found new replica set "${current.metadata.name}"`;
    setOwnCondition(look, { type: 'Progressing', status: 'True', reason: 'FoundNewReplicaSet', message });
    needsWrite = true;
  }
  return needsWrite ? yield* writeStatus(look) : true;
}

function* create(look: DeploymentLook, old: readonly ReplicaSet[], revision: number): Doing<Synced> {
  const { deployment, view } = look;
  const namespace = deployment.metadata.namespace ?? '';
  const draft = draftOf(look, old, revision);
  const answer = yield { verb: 'create', resource: 'replicasets.apps', namespace, object: draft };
  let current = answer.ok ? (answer.object as ReplicaSet) : undefined;
  if (!answer.ok && answer.status.reason === 'AlreadyExists') {
    const known = view.objects.get<ReplicaSet>('replicasets.apps', namespace, draft.metadata.name ?? '');
    // One that has not reached the cache yet is waited for, and is no collision.
    if (!known) return 'failed';
    const isOwn = isControlledBy(known, deployment);
    if (!isOwn || !isSameTemplate(known.spec.template, deployment.spec.template))
      return yield* countCollision(look);
    current = known;
  } else if (!answer.ok) return yield* tellFailure(look, draft, answer);
  if (current === undefined) return 'failed';
  if (answer.ok && sizeOf(draft) > 0) yield* tellCreated(look, current.metadata.name ?? '', sizeOf(draft));
  let needsWrite = setRevision(look, String(revision));
  if (answer.ok && progressDeadlineOf(deployment) !== undefined) {
    const message = `Created new replica set "${current.metadata.name}"`;
    setOwnCondition(look, { type: 'Progressing', status: 'True', reason: 'NewReplicaSetCreated', message });
    needsWrite = true;
  }
  if (needsWrite && !(yield* writeStatus(look))) return 'failed';
  return { sets: { current, old }, isChanged: false };
}

/** Another template has the same hash: the next look counts that in (sync.go, CollisionCount). */
function* countCollision(look: DeploymentLook): Doing<'failed'> {
  const { status } = look.deployment;
  setStatus(look, { ...status, collisionCount: (status?.collisionCount ?? 0) + 1 });
  yield* writeStatus(look);
  return 'failed';
}

function* tellFailure(look: DeploymentLook, draft: ReplicaSet, refused: Refused): Doing<'failed'> {
  if (isOfEndingNamespace(refused)) return 'failed';
  const reason = 'ReplicaSetCreateError';
  const message = `Failed to create new replica set "${draft.metadata.name}": ${refused.status.message}`;
  if (progressDeadlineOf(look.deployment) !== undefined) {
    setOwnCondition(look, { type: 'Progressing', status: 'False', reason, message });
    yield* writeStatus(look);
  }
  yield* tell(look, reason, { type: 'Warning', message });
  return 'failed';
}

function draftOf(look: DeploymentLook, old: readonly ReplicaSet[], revision: number): ReplicaSet {
  const { deployment, view } = look;
  const { template, selector, minReadySeconds } = deployment.spec;
  const { namespace = '', name = '' } = deployment.metadata;
  const hash = templateHash(template, {
    collisions: deployment.status?.collisionCount,
    version: view.settings.version,
  });
  const labels = { ...template.metadata?.labels, [HASH_LABEL]: hash };
  const spec: ReplicaSetSpec = {
    replicas: roomFor(deployment, old),
    ...(minReadySeconds !== undefined && { minReadySeconds }),
    selector: withLabel(selector, hash),
    template: { ...template, metadata: { ...template.metadata, labels } },
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${name.slice(0, NAME_MAX - hash.length - 1)}-${hash}`,
      namespace,
      ownerReferences: [controllerReference(deployment)],
      labels,
      annotations: withSizes(deployment, annotationsFor(deployment, {}, revision)),
    },
    spec,
  };
}

function withLabel(selector: LabelSelector, hash: string): LabelSelector {
  return { ...selector, matchLabels: { ...selector.matchLabels, [HASH_LABEL]: hash } };
}

/** How large a new ReplicaSet is made. */
function roomFor(deployment: Deployment, old: readonly ReplicaSet[]): number {
  return grownSize(deployment, { old }, 0);
}

/**
 * The size that the current ReplicaSet may grow to while all stay within the surge (deployment_util.go
 * NewRSNewReplicas).
 */
export function grownSize(deployment: Deployment, sets: ReplicaSets, size: number): number {
  const replicas = replicasOf(deployment);
  if (!isRollingUpdate(deployment)) return replicas;
  const room = replicas + maxSurge(deployment) - sumOf(allOf(sets), sizeOf);
  return room <= 0 ? size : size + Math.min(room, replicas - size);
}

function setRevision(look: DeploymentLook, revision: string): boolean {
  const { deployment } = look;
  if ((deployment.metadata.annotations?.[REVISION] ?? '') === revision) return false;
  const annotations = { ...deployment.metadata.annotations, [REVISION]: revision };
  look.deployment = { ...deployment, metadata: { ...deployment.metadata, annotations } };
  return true;
}
