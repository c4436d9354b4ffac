import type { Doing } from '../../contract/doing.ts';
import { sortedKeys } from '../../objects/json.ts';
import type { Deployment, ReplicaSet } from '../../objects/kubernetes.ts';
import { type Annotations, OWN_ANNOTATIONS, ROLLBACK_TO, revisionOf } from './annotations.ts';
import { syncCurrent } from './current-replica-set.ts';
import { type DeploymentLook, tell } from './deployment-look.ts';
import { allOf, isSameTemplate, type ReplicaSets, withoutHash } from './replica-sets.ts';

/**
 * The revision that a client of the old API asks to go back to, 0 for the last. kubectl changes the template
 * itself instead.
 */
export function rollbackTarget({ metadata }: Deployment): number | undefined {
  const text = metadata.annotations?.[ROLLBACK_TO] ?? '';
  return /^-?\d+$/.test(text) ? Number(text) : undefined;
}

/** Takes the template of an old revision (rollback.go). */
export function* rollBack(look: DeploymentLook, owned: ReplicaSets): Doing<void> {
  const synced = yield* syncCurrent(look, owned, true);
  if (synced === 'failed') return;
  const all = allOf(synced.sets);
  const revision = rollbackTarget(look.deployment) || lastRevision(all);
  const target = revision === 0 ? undefined : all.find((set) => revisionOf(set) === revision);
  if (target === undefined) {
    const message =
      revision === 0 ? 'Unable to find last revision.' : 'Unable to find the revision to rollback to.';
    yield* tell(look, 'DeploymentRollbackRevisionNotFound', { type: 'Warning', message });
    yield* finish(look, look.deployment);
    return;
  }
  const { name } = look.deployment.metadata;
  if (isSameTemplate(look.deployment.spec.template, target.spec.template)) {
    const message = `The rollback revision contains the same template as current deployment "${name}"`;
    yield* tell(look, 'DeploymentRollbackTemplateUnchanged', { type: 'Warning', message });
    yield* finish(look, look.deployment);
    return;
  }
  if (!(yield* finish(look, withTemplateOf(look.deployment, target)))) return;
  yield* tell(look, 'DeploymentRollback', {
    message: `Rolled back deployment "${name}" to revision ${revision}`,
  });
}

/** The last but one. */
function lastRevision(sets: readonly ReplicaSet[]): number {
  return sets.map(revisionOf).sort((a, b) => b - a)[1] ?? 0;
}

function* finish(look: DeploymentLook, deployment: Deployment): Doing<boolean> {
  if (look.isWritten) return false;
  const { [ROLLBACK_TO]: _, ...annotations } = deployment.metadata.annotations ?? {};
  const { namespace = '', name = '' } = deployment.metadata;
  const object: Deployment = { ...deployment, metadata: { ...deployment.metadata, annotations } };
  look.isWritten = true;
  return (yield { verb: 'update', resource: 'deployments.apps', namespace, name, object }).ok;
}

/** The template without its hash, and with it the annotations that it had. */
function withTemplateOf(deployment: Deployment, { metadata, spec }: ReplicaSet): Deployment {
  const own = only(deployment.metadata.annotations, (key) => OWN_ANNOTATIONS.includes(key));
  const others = only(metadata.annotations, (key) => !OWN_ANNOTATIONS.includes(key));
  return {
    ...deployment,
    metadata: { ...deployment.metadata, annotations: { ...own, ...others } },
    spec: { ...deployment.spec, template: withoutHash(spec.template) },
  };
}

function only(annotations: Annotations = {}, isWanted: (key: string) => boolean): Annotations {
  return Object.fromEntries(
    sortedKeys(annotations)
      .filter(isWanted)
      .map((key) => [key, annotations[key] ?? '']),
  );
}
