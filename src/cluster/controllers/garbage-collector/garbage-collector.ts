import type { Change } from '../../contract/api-event.ts';
import type { Component, Delivery } from '../../contract/component.ts';
import type { ObjectReader } from '../../contract/reader.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { collect } from './collect.ts';
import { dependentsOf, FOREGROUND, isWaitingWith, keyOf, ORPHAN, ownerOf, referencesOf } from './graph.ts';

const ACTOR = 'garbage-collector';

/**
 * Removes what has lost its owners: in the background, or in the foreground, where the owner waits for its
 * dependents. Or lets dependents go their own way (kube-controller-manager: garbagecollector).
 */
export const garbageCollector: Component = {
  name: ACTOR,
  watches: ['*'],
  assumes: true,
  deliveriesOf: (change, _rows, objects) => (isOfContent(change) ? [] : deliveriesOf(change, objects)),
  *reconcile(view, { key }, now) {
    const item = view.objects.byKey<KubeObject>(key);
    if (item) yield* collect(view, item, now);
  },
};

/** Most changes leave both owners and finalizers as they are, and begin no deletion. */
function isOfContent({ type, object: { metadata }, before }: Change): boolean {
  return (
    type === 'MODIFIED' &&
    (metadata === before?.metadata ||
      (metadata.ownerReferences === before?.metadata.ownerReferences &&
        metadata.finalizers === before?.metadata.finalizers &&
        metadata.deletionTimestamp === before?.metadata.deletionTimestamp))
  );
}

function* deliveriesOf(change: Change, objects: ObjectReader): Generator<Delivery> {
  const keys = new Set<string>();
  for (const object of concerned(change, objects)) {
    const key = keyOf(objects, object);
    if (key !== undefined) keys.add(key);
  }
  for (const key of keys) yield { actor: ACTOR, key };
}

/** What must be looked at when an object changed (graph_builder.go processGraphChanges). */
function* concerned(change: Change, objects: ObjectReader): Generator<KubeObject> {
  const { object, type } = change;
  if (type === 'DELETED') {
    yield* dependentsOf(objects, object);
    yield* waitingOwners(object, objects);
    return;
  }
  yield* concernedByReferences(change, objects);
  if (begins(ORPHAN, change)) yield object;
  else if (begins(FOREGROUND, change)) {
    yield* dependentsOf(objects, object);
    yield object;
  }
}

/** An object that names an owner that is not there, and an owner that is no longer blocked by it. */
function* concernedByReferences({ object, before }: Change, objects: ObjectReader): Generator<KubeObject> {
  if (object.metadata.ownerReferences === before?.metadata.ownerReferences) return;
  const former = before ? referencesOf(before) : [];
  const added = referencesOf(object).filter(({ uid }) => !former.some((each) => each.uid === uid));
  if (added.some((reference) => !ownerOf(objects, object, reference))) yield object;
  for (const reference of former) {
    const now = referencesOf(object).find(({ uid }) => uid === reference.uid);
    const isFree = reference.blockOwnerDeletion === true && now?.blockOwnerDeletion !== true;
    const owner = isFree ? ownerOf(objects, object, reference) : undefined;
    if (owner) yield owner;
  }
}

function* waitingOwners(object: KubeObject, objects: ObjectReader): Generator<KubeObject> {
  for (const reference of referencesOf(object)) {
    const owner = ownerOf(objects, object, reference);
    if (owner && isWaitingWith(FOREGROUND, owner)) yield owner;
  }
}

/** Whether with this change the object's own end begins to wait for the garbage collector. */
function begins(finalizer: string, { object, before }: Change): boolean {
  return isWaitingWith(finalizer, object) && !(before && isWaitingWith(finalizer, before));
}
