import type { JsonObject } from '../../../../objects/json.ts';
import type { KubeObject } from '../../../../objects/kube-object.ts';
import type { ControllerRevision, PodTemplateSpec, ReplicaSet } from '../../../../objects/kubernetes.ts';
import { applyStrategicPatch } from '../../../../objects/patch/strategic-merge.ts';
import type { Invocation } from '../../invocation.ts';
import { CHANGE_CAUSE } from '../../record.ts';
import { REVISION } from './rollout-status-text.ts';

/** A revision in the history of a rollout. */
export interface Revision {
  readonly number: number;
  readonly template: PodTemplateSpec;
  readonly changeCause: string;
  /** What keeps the revision: a ReplicaSet or a ControllerRevision. */
  readonly keeper: KubeObject;
}

/** The revisions of a Deployment, DaemonSet or StatefulSet, oldest first; undefined for other kinds. */
export function revisionsOf({ view }: Invocation, object: KubeObject): readonly Revision[] | undefined {
  const { namespace, uid = '' } = object.metadata;
  const isOwned = ({ metadata }: KubeObject) =>
    metadata.ownerReferences?.some((owner) => owner.controller === true && owner.uid === uid) === true;
  if (object.kind === 'Deployment') {
    const sets = view.objects.list<ReplicaSet>('replicasets.apps', namespace).filter(isOwned);
    return inOrder(sets.flatMap(ofReplicaSet));
  }
  if (object.kind !== 'DaemonSet' && object.kind !== 'StatefulSet') return undefined;
  const kept = view.objects.list<ControllerRevision>('controllerrevisions.apps', namespace).filter(isOwned);
  return inOrder(kept.map((revision) => ofControllerRevision(revision, object)));
}

function inOrder(revisions: readonly Revision[]): readonly Revision[] {
  return [...revisions].sort((a, b) => a.number - b.number);
}

function ofReplicaSet(set: ReplicaSet): readonly Revision[] {
  const number = Number(set.metadata.annotations?.[REVISION]);
  const template = set.spec?.template;
  if (Number.isNaN(number) || template === undefined) return [];
  return [{ number, template, changeCause: causeOf(set), keeper: set }];
}

function causeOf({ metadata }: KubeObject): string {
  return metadata.annotations?.[CHANGE_CAUSE] ?? '';
}

/** A ControllerRevision holds a patch that brings the template back. */
function ofControllerRevision(revision: ControllerRevision, object: KubeObject): Revision {
  const patch = patchOf(revision);
  const patched = applyStrategicPatch(object as unknown as JsonObject, patch, object);
  const whole = (patched.ok ? patched.object : object) as unknown as { spec: { template: PodTemplateSpec } };
  return {
    number: revision.revision,
    template: whole.spec.template,
    changeCause: causeOf(revision),
    keeper: revision,
  };
}

export function patchOf({ data }: ControllerRevision): JsonObject {
  return (data ?? {}) as JsonObject;
}
