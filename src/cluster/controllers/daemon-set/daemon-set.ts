import type { Change } from '../../contract/api-event.ts';
import type { Component, Delivery, View, Wake } from '../../contract/component.ts';
import { controllerRowKey } from '../../contract/controller-row.ts';
import type { ObjectReader } from '../../contract/reader.ts';
import { isEqualJson } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { DaemonSet, Node, OwnerReference } from '../../objects/kubernetes.ts';
import { selects } from '../../objects/label-selector.ts';
import { controllerOf } from '../../objects/owner-references.ts';
import { storageKey } from '../../objects/storage-key.ts';
import { putOffTo } from '../shared/put-off.ts';
import { ACTOR } from './daemon-look.ts';
import { syncDaemonSet } from './sync-daemon-set.ts';

const RESOURCE = 'daemonsets.apps';

/** Keeps one pod on each node that shall have one (daemon_controller.go). It sees its own writes at once. */
export const daemonSetController: Component = {
  name: ACTOR,
  watches: [RESOURCE, 'pods', 'nodes', 'controllerrevisions.apps'],
  assumes: true,
  *deliveriesOf(change, _rows, objects) {
    if (change.resource === RESOURCE) yield { actor: ACTOR, key: change.key };
    else if (change.resource === 'nodes') yield* deliveriesOfNode(change, objects);
    else yield* deliveriesOfOwned(change, objects);
  },
  *concernsOf({ event }) {
    if (event.type === 'LookPutOff' && event.actor === ACTOR) yield { actor: ACTOR, key: event.about };
  },
  *addresses({ objects }) {
    for (const { metadata } of objects.list<DaemonSet>(RESOURCE))
      yield { actor: ACTOR, key: keyOf(metadata) };
  },
  reconcile: (view, { key }, now) => syncDaemonSet(view, key, now),
  wake: (view, { key }, from) => nextLook(view, key, from),
};

function keyOf({ namespace = '', name = '' }: KubeObject['metadata']): string {
  return storageKey({ resource: RESOURCE, namespace, name });
}

/** Only what decides where pods may be is looked at: heartbeats are not (shouldIgnoreNodeUpdate). */
function* deliveriesOfNode({ object, before, type }: Change, objects: ObjectReader): Generator<Delivery> {
  const [node, former] = [object as Node, before as Node | undefined];
  const isSame =
    former !== undefined &&
    isEqualJson(former.metadata.labels, node.metadata.labels) &&
    isEqualJson(former.spec?.taints ?? [], node.spec?.taints ?? []);
  if (type === 'DELETED') yield { actor: ACTOR };
  else if (!isSame)
    for (const { metadata } of objects.list<DaemonSet>(RESOURCE))
      yield { actor: ACTOR, key: keyOf(metadata) };
}

function* deliveriesOfOwned(change: Change, objects: ObjectReader): Generator<Delivery> {
  const { object, before, type } = change;
  const { namespace = '', labels } = object.metadata;
  const owner = controllerOf(object);
  const former = before && controllerOf(before);
  const isMoved = former !== undefined && !isEqualJson(former, owner);
  if (isMoved) yield* toOwner(objects, namespace, former);
  if (owner !== undefined) yield* toOwner(objects, namespace, owner);
  const isNews = !before || isMoved || !isEqualJson(before.metadata.labels, labels);
  if (owner !== undefined || type === 'DELETED' || !isNews || change.resource !== 'pods') return;
  for (const { metadata, spec } of objects.list<DaemonSet>(RESOURCE, namespace)) {
    if (selects(spec.selector, labels)) yield { actor: ACTOR, key: keyOf(metadata) };
  }
}

function* toOwner(
  objects: ObjectReader,
  namespace: string,
  { kind, name, uid }: OwnerReference,
): Generator<Delivery> {
  const set = kind === 'DaemonSet' ? objects.get<DaemonSet>(RESOURCE, namespace, name) : undefined;
  if (set?.metadata.uid === uid && set) yield { actor: ACTOR, key: keyOf(set.metadata) };
}

function nextLook(view: View, key: string, from: number): Wake | undefined {
  const at = putOffTo(view, { actor: ACTOR, key }, from);
  if (at === undefined || view.objects.byKey<DaemonSet>(key) === undefined) return undefined;
  return { at, cause: view.rows.changedAt('controllerKeys', controllerRowKey(ACTOR, key)) };
}
