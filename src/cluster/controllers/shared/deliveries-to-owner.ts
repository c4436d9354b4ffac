import type { Change } from '../../contract/api-event.ts';
import type { Delivery } from '../../contract/component.ts';
import type { ObjectReader } from '../../contract/reader.ts';
import { isEqualJson } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { OwnerReference } from '../../objects/kubernetes.ts';
import type { Labels } from '../../objects/label-selector.ts';
import { controllerOf } from '../../objects/owner-references.ts';
import { storageKey } from '../../objects/storage-key.ts';

/** A kind of objects that own pods, and its controller. */
export interface OwningKind {
  /** The name of the controller, in the log and in Events. */
  readonly actor: string;
  /** Of the owners: `replicasets.apps`. */
  readonly resource: string;
  readonly kind: string;
  /** Whether the owner's selector finds what bears these labels. */
  matches(owner: KubeObject, labels: Labels | undefined): boolean;
}

/** The change of what is owned is its owner's matter, and that of the one who owned it before. */
export function* deliveriesToOwner(
  kind: OwningKind,
  { object, before }: Change,
  objects: ObjectReader,
): Generator<Delivery> {
  const owner = controllerOf(object);
  const former = before && controllerOf(before);
  const { namespace = '' } = object.metadata;
  if (former !== undefined && !isEqualJson(former, owner)) yield* toOwner(kind, objects, former, namespace);
  if (owner !== undefined) yield* toOwner(kind, objects, owner, namespace);
}

/** A pod's change is its owner's matter, and an orphan's that of all that select it. */
export function deliveriesOfPod(kind: OwningKind, change: Change, objects: ObjectReader): Iterable<Delivery> {
  // Nearly every pod has an owner, and is looked at by the controllers of all the other kinds too.
  const owner = controllerOf(change.object);
  const isOthers = owner !== undefined && owner.kind !== kind.kind;
  const wasOthers = !change.before || controllerOf(change.before)?.kind === owner?.kind;
  return isOthers && wasOthers ? [] : deliveriesOfOwnPod(kind, change, objects);
}

function* deliveriesOfOwnPod(kind: OwningKind, change: Change, objects: ObjectReader): Generator<Delivery> {
  yield* deliveriesToOwner(kind, change, objects);
  const { object, before, type } = change;
  const { namespace = '', labels, deletionTimestamp } = object.metadata;
  if (controllerOf(object) !== undefined || type === 'DELETED' || deletionTimestamp !== undefined) return;
  const isNews = !before || controllerOf(before) || !isEqualJson(before.metadata.labels, labels);
  if (!isNews) return;
  for (const owner of objects.list<KubeObject>(kind.resource, namespace)) {
    if (kind.matches(owner, labels)) yield { actor: kind.actor, key: keyOf(kind, owner) };
  }
}

/** Another object may have the owner's name by now: then it is nobody's matter. */
function* toOwner(
  kind: OwningKind,
  objects: ObjectReader,
  owner: OwnerReference,
  namespace: string,
): Generator<Delivery> {
  if (owner.kind !== kind.kind) return;
  const found = objects.get<KubeObject>(kind.resource, namespace, owner.name);
  if (found?.metadata.uid === owner.uid) yield { actor: kind.actor, key: keyOf(kind, found) };
}

export function keyOf({ resource }: Pick<OwningKind, 'resource'>, { metadata }: KubeObject): string {
  return storageKey({ resource, namespace: metadata.namespace ?? '', name: metadata.name ?? '' });
}
