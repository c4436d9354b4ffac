import type { Change } from '../../contract/api-event.ts';
import type { Component, Delivery, View, Wake } from '../../contract/component.ts';
import { controllerRowKey } from '../../contract/controller-row.ts';
import type { ObjectReader } from '../../contract/reader.ts';
import { isEqualJson } from '../../objects/json.ts';
import type { DaemonSet, Node } from '../../objects/kubernetes.ts';
import { selects } from '../../objects/label-selector.ts';
import { deliveriesOfPod, deliveriesToOwner, keyOf, type OwningKind } from '../shared/deliveries-to-owner.ts';
import { concernedByPuttingOff, putOffTo } from '../shared/put-off.ts';
import { ACTOR } from './daemon-look.ts';
import { syncDaemonSet } from './sync-daemon-set.ts';

const RESOURCE = 'daemonsets.apps';

const KIND: OwningKind = {
  actor: ACTOR,
  resource: RESOURCE,
  kind: 'DaemonSet',
  matches: (owner, labels) => selects((owner as DaemonSet).spec.selector, labels),
};

/** Keeps one pod on each node that shall have one (daemon_controller.go). It sees its own writes at once. */
export const daemonSetController: Component = {
  name: ACTOR,
  watches: [RESOURCE, 'pods', 'nodes', 'controllerrevisions.apps'],
  assumes: true,
  deliveriesOf(change, _rows, objects) {
    if (change.resource === RESOURCE) return [{ actor: ACTOR, key: change.key }];
    if (change.resource === 'nodes') return deliveriesOfNode(change, objects);
    if (change.resource === 'pods') return deliveriesOfPod(KIND, change, objects);
    return deliveriesToOwner(KIND, change, objects);
  },
  ...concernedByPuttingOff(ACTOR),
  *addresses({ objects }) {
    for (const set of objects.list<DaemonSet>(RESOURCE)) yield { actor: ACTOR, key: keyOf(KIND, set) };
  },
  reconcile: (view, { key }, now) => syncDaemonSet(view, key, now),
  wake: (view, { key }, from) => nextLook(view, key, from),
};

/** Only what decides where pods may be is looked at: heartbeats are not (shouldIgnoreNodeUpdate). */
function* deliveriesOfNode({ object, before, type }: Change, objects: ObjectReader): Generator<Delivery> {
  const [node, former] = [object as Node, before as Node | undefined];
  const isSame =
    former !== undefined &&
    isEqualJson(former.metadata.labels, node.metadata.labels) &&
    isEqualJson(former.spec?.taints ?? [], node.spec?.taints ?? []);
  if (type === 'DELETED') yield { actor: ACTOR };
  else if (!isSame)
    for (const set of objects.list<DaemonSet>(RESOURCE)) yield { actor: ACTOR, key: keyOf(KIND, set) };
}

function nextLook(view: View, key: string, from: number): Wake | undefined {
  const at = putOffTo(view, { actor: ACTOR, key }, from);
  if (at === undefined || view.objects.byKey<DaemonSet>(key) === undefined) return undefined;
  return { at, cause: view.rows.changedAt('controllerKeys', controllerRowKey(ACTOR, key)) };
}
