import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import { compareText } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { ControllerRevision, PodTemplateSpec } from '../../objects/kubernetes.ts';
import { controllerReference } from '../../objects/owner-references.ts';

export const REVISIONS = 'controllerrevisions.apps';

/** Who has a history of templates. */
export interface Templated extends KubeObject {
  readonly spec: { readonly template: PodTemplateSpec };
}

/** What brings the template back when it is patched into its owner. */
export function patchOf({ spec }: Templated): object {
  return { spec: { template: { ...spec.template, $patch: 'replace' } } };
}

/** The oldest first (controller_history.go byRevision). */
export function byRevision(a: ControllerRevision, b: ControllerRevision): number {
  return (
    a.revision - b.revision ||
    compareText(a.metadata.creationTimestamp ?? '', b.metadata.creationTimestamp ?? '') ||
    compareText(a.metadata.name ?? '', b.metadata.name ?? '')
  );
}

/** The revisions that an object controls, the oldest first. */
export function ownedRevisions(view: View, { metadata }: KubeObject): readonly ControllerRevision[] {
  return view.objects
    .listBy<KubeObject>('owner', metadata.uid ?? '')
    .filter((object): object is ControllerRevision => object.kind === 'ControllerRevision')
    .sort(byRevision);
}

/** What tells a new revision from others: the number, and the hash that its name and one label bear. */
export interface RevisionDraft {
  readonly revision: number;
  readonly hash: string;
  readonly label: string;
}

/** A revision of the owner's template as it is now (controller_history.go NewControllerRevision). */
export function newRevision(owner: Templated, { revision, hash, label }: RevisionDraft): ControllerRevision {
  const { namespace = '', name = '', annotations } = owner.metadata;
  return {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name: revisionName(name, hash),
      namespace,
      labels: { ...owner.spec.template.metadata?.labels, [label]: hash },
      ...(annotations && { annotations }),
      ownerReferences: [controllerReference(owner)],
    },
    data: patchOf(owner),
    revision,
  };
}

/** A long name is cut so that the revision's stays one (controller_history.go ControllerRevisionName). */
export function revisionName(owner: string, hash: string): string {
  return `${owner.slice(0, 223)}-${hash}`;
}

/** An old revision that is the template of today becomes the newest. Undefined when it was refused. */
export function* renumber(kept: ControllerRevision, revision: number): Doing<ControllerRevision | undefined> {
  const { namespace = '', name = '' } = kept.metadata;
  const object: ControllerRevision = { ...kept, revision };
  const answer = yield { verb: 'update', resource: REVISIONS, namespace, name, object };
  return answer.ok ? object : undefined;
}

/** Whether it was granted. */
export function* forget({ metadata }: ControllerRevision): Doing<boolean> {
  const { namespace = '', name = '' } = metadata;
  const gone = yield { verb: 'delete', resource: REVISIONS, namespace, name };
  return gone.ok;
}
