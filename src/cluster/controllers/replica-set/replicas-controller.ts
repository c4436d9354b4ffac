import type { Millis } from '../../../kernel/time/millis.ts';
import type { Component, Reaction, View, Wake } from '../../contract/component.ts';
import { deliveriesOfPod, keyOf } from '../shared/deliveries-to-owner.ts';
import { nextAvailability } from '../shared/next-availability.ts';
import { ownedPods } from '../shared/owned-pods.ts';
import { isActive } from '../shared/pod-state.ts';
import { manageReplicas } from './manage-replicas.ts';
import { podsOfOwner } from './pods-of-owner.ts';
import type { Replicated, ReplicatedKind } from './replicated.ts';
import { reportReplicas } from './report-replicas.ts';

/**
 * Keeps as many pods as are wanted. ReplicaSets and ReplicationControllers have the same controller, as in
 * Kubernetes (replica_set.go). It sees its own writes at once, which is what expectations are for.
 */
export function replicasController(kind: ReplicatedKind): Component {
  const { actor, resource } = kind;
  return {
    name: actor,
    watches: [resource, 'pods'],
    assumes: true,
    deliveriesOf: (change, _rows, objects) =>
      change.resource === resource ? [{ actor, key: change.key }] : deliveriesOfPod(kind, change, objects),
    reconcile: (view, { key }, now) => lookAfter(kind, { view, key, now }),
    *addresses(view) {
      for (const owner of view.objects.list(resource)) yield { actor, key: keyOf(kind, owner) };
    },
    wake: (view, { key }, from) => nextLook(view, key, from),
  };
}

interface Look {
  readonly view: View;
  readonly key: string;
  readonly now: Millis;
}

function* lookAfter(kind: ReplicatedKind, { view, key, now }: Look): Reaction {
  const owner = view.objects.byKey<Replicated>(key);
  if (owner === undefined) return;
  const pods = yield* podsOfOwner(view, kind, owner);
  if (pods === undefined) return;
  const { active, terminating } = pods;
  const control = { view, now, component: kind.actor, owner, kind };
  const isLeaving = owner.metadata.deletionTimestamp !== undefined;
  const problem = isLeaving ? undefined : yield* manageReplicas(control, active);
  yield* reportReplicas(control, { active, terminating, problem });
}

/** When the next of its ready pods has been ready for `minReadySeconds`. */
function nextLook(view: View, key: string, from: Millis): Wake | undefined {
  const owner = view.objects.byKey<Replicated>(key);
  const minReadySeconds = owner?.spec?.minReadySeconds ?? 0;
  if (owner === undefined || minReadySeconds === 0) return undefined;
  return nextAvailability(view, ownedPods(view, owner).filter(isActive), { minReadySeconds, from });
}
