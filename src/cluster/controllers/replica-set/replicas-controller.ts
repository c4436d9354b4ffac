import type { Millis } from '../../../kernel/time/millis.ts';
import type { Change } from '../../contract/api-event.ts';
import type { Component, Delivery, Reaction, View, Wake } from '../../contract/component.ts';
import type { ObjectReader } from '../../contract/reader.ts';
import { isEqualJson } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { OwnerReference, Pod } from '../../objects/kubernetes.ts';
import { controllerOf } from '../../objects/owner-references.ts';
import { storageKey } from '../../objects/storage-key.ts';
import { claim } from '../shared/claim.ts';
import { availableFrom, isActive, isTerminating } from '../shared/pod-state.ts';
import { manageReplicas } from './manage-replicas.ts';
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
    *deliveriesOf(change, _rows, objects) {
      if (change.resource === resource) yield { actor, key: change.key };
      else yield* deliveriesOfPod(kind, change, objects);
    },
    reconcile: (view, { key }, now) => lookAfter(kind, { view, key, now }),
    *addresses(view) {
      for (const { metadata } of view.objects.list(resource)) {
        const { namespace = '', name = '' } = metadata;
        yield { actor, key: storageKey({ resource, namespace, name }) };
      }
    },
    wake: (view, { key }, from) => nextAvailability(view, key, from),
  };
}

/** A pod's change is its owner's matter, and an orphan's that of all that select it. */
function* deliveriesOfPod(kind: ReplicatedKind, change: Change, objects: ObjectReader): Generator<Delivery> {
  const { object, before, type } = change;
  const owner = controllerOf(object);
  const former = before && controllerOf(before);
  const namespace = object.metadata.namespace ?? '';
  if (former !== undefined && !isEqualJson(former, owner))
    yield* toOwner(kind, objects, { owner: former, namespace });
  if (owner !== undefined) {
    yield* toOwner(kind, objects, { owner, namespace });
    return;
  }
  if (type === 'DELETED' || object.metadata.deletionTimestamp !== undefined) return;
  const isNews =
    !before || former !== undefined || !isEqualJson(before.metadata.labels, object.metadata.labels);
  if (!isNews) return;
  for (const candidate of objects.list<Replicated>(kind.resource, namespace)) {
    if (kind.matches(candidate, object.metadata.labels))
      yield { actor: kind.actor, key: keyOf(kind, candidate) };
  }
}

interface Owned {
  readonly owner: OwnerReference;
  readonly namespace: string;
}

/** Another object may have the owner's name by now: then it is nobody's matter. */
function* toOwner(
  kind: ReplicatedKind,
  objects: ObjectReader,
  { owner, namespace }: Owned,
): Generator<Delivery> {
  if (owner.kind !== kind.kind) return;
  const found = objects.get<Replicated>(kind.resource, namespace, owner.name);
  if (found?.metadata.uid === owner.uid) yield { actor: kind.actor, key: keyOf(kind, found) };
}

function keyOf({ resource }: ReplicatedKind, { metadata }: KubeObject): string {
  return storageKey({ resource, namespace: metadata.namespace ?? '', name: metadata.name ?? '' });
}

interface Look {
  readonly view: View;
  readonly key: string;
  readonly now: Millis;
}

function* lookAfter(kind: ReplicatedKind, { view, key, now }: Look): Reaction {
  const owner = view.objects.byKey<Replicated>(key);
  if (owner === undefined) return;
  const own = podsOf(view, owner);
  const matches = (pod: Pod) => kind.matches(owner, pod.metadata.labels);
  const candidates = [...own, ...orphansBeside(view, owner)].filter(isActive);
  const active = yield* claim({
    owner,
    ownerResource: kind.resource,
    resource: 'pods',
    candidates,
    matches,
  });
  if (active === undefined) return;
  const control = { view, now, component: kind.actor, owner, kind };
  const isLeaving = owner.metadata.deletionTimestamp !== undefined;
  const problem = isLeaving ? undefined : yield* manageReplicas(control, active);
  const terminating = own.filter((pod) => isTerminating(pod) && matches(pod));
  yield* reportReplicas(control, { active, terminating, problem });
}

function podsOf(view: View, { metadata }: Replicated): readonly Pod[] {
  return view.objects
    .listBy<KubeObject>('owner', metadata.uid ?? '')
    .filter((object): object is Pod => object.kind === 'Pod');
}

function orphansBeside(view: View, { metadata }: Replicated): readonly Pod[] {
  return view.objects.listBy<Pod>('owner', '').filter((pod) => pod.metadata.namespace === metadata.namespace);
}

/** When the next of its ready pods has been ready for `minReadySeconds`. */
function nextAvailability(view: View, key: string, from: Millis): Wake | undefined {
  const owner = view.objects.byKey<Replicated>(key);
  const minReady = owner?.spec?.minReadySeconds ?? 0;
  if (owner === undefined || minReady === 0) return undefined;
  let next: Wake | undefined;
  for (const pod of podsOf(view, owner).filter(isActive)) {
    const at = (availableFrom(pod, minReady) ?? 0) - view.settings.epochMs;
    if (at < from || (next && at >= next.at)) continue;
    const { namespace = '', name = '' } = pod.metadata;
    const cause = view.objects.changedAt(storageKey({ resource: 'pods', namespace, name })) ?? null;
    next = { at, cause };
  }
  return next;
}
