import type { Change } from '../../contract/api-event.ts';
import type { Component, Delivery, View, Wake } from '../../contract/component.ts';
import type { ObjectReader } from '../../contract/reader.ts';
import type { StatefulSet } from '../../objects/kubernetes.ts';
import { selects } from '../../objects/label-selector.ts';
import { deliveriesOfPod, keyOf, type OwningKind } from '../shared/deliveries-to-owner.ts';
import { nextAvailability } from '../shared/next-availability.ts';
import { ownedPods } from '../shared/owned-pods.ts';
import { ordinalsOf } from './ordinals.ts';
import { claimsOf } from './own-claims.ts';
import { ACTOR } from './stateful-look.ts';
import { syncStatefulSet } from './sync-stateful-set.ts';

const RESOURCE = 'statefulsets.apps';

const KIND: OwningKind = {
  actor: ACTOR,
  resource: RESOURCE,
  kind: 'StatefulSet',
  matches: (owner, labels) => selects((owner as StatefulSet).spec.selector, labels),
};

/**
 * Keeps pods that have names of their own, one after another or all at once (stateful_set.go). It sees its
 * own writes at once.
 */
export const statefulSetController: Component = {
  name: ACTOR,
  watches: [RESOURCE, 'pods', 'persistentvolumeclaims', 'controllerrevisions.apps'],
  assumes: true,
  deliveriesOf(change, _rows, objects) {
    if (change.resource === RESOURCE) return [{ actor: ACTOR, key: change.key }];
    if (change.resource === 'pods') return deliveriesOfPod(KIND, change, objects);
    if (change.resource === 'persistentvolumeclaims') return deliveriesOfClaim(change, objects);
    return [{ actor: ACTOR }];
  },
  *addresses({ objects }) {
    for (const set of objects.list<StatefulSet>(RESOURCE)) yield { actor: ACTOR, key: keyOf(KIND, set) };
  },
  reconcile: (view, { key }, now) => syncStatefulSet(view, key, now),
  wake: (view, { key }, from) => nextLook(view, key, from),
};

/**
 * Kubernetes only takes note of claims, and tries again and again while one is on its way out; here it looks
 * when that one is gone.
 */
function* deliveriesOfClaim({ type, object }: Change, objects: ObjectReader): Generator<Delivery> {
  yield { actor: ACTOR };
  if (type !== 'DELETED') return;
  const { namespace = '', name = '' } = object.metadata;
  for (const set of objects.list<StatefulSet>(RESOURCE, namespace)) {
    const { start, end } = ordinalsOf(set);
    const ordinal = Number(/-([0-9]+)$/.exec(name)?.[1] ?? -1);
    const isOwn = claimsOf(set, ordinal).some(({ claim }) => claim.metadata.name === name);
    if (isOwn && ordinal >= start && ordinal < end) yield { actor: ACTOR, key: keyOf(KIND, set) };
  }
}

function nextLook(view: View, key: string, from: number): Wake | undefined {
  const set = view.objects.byKey<StatefulSet>(key);
  const minReadySeconds = set?.spec.minReadySeconds ?? 0;
  if (set === undefined || minReadySeconds === 0) return undefined;
  return nextAvailability(view, ownedPods(view, set), { minReadySeconds, from });
}
