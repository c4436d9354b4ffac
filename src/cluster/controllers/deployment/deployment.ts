import type { Change } from '../../contract/api-event.ts';
import type { Component, Delivery } from '../../contract/component.ts';
import type { ObjectReader } from '../../contract/reader.ts';
import { isEqualJson } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Deployment, OwnerReference, ReplicaSet } from '../../objects/kubernetes.ts';
import { selects } from '../../objects/label-selector.ts';
import { controllerOf } from '../../objects/owner-references.ts';
import { storageKey } from '../../objects/storage-key.ts';
import { DEPLOYMENT_CONTROLLER as ACTOR } from './deployment-look.ts';
import { nextProgressCheck } from './progress.ts';
import { syncDeployment } from './sync-deployment.ts';

const RESOURCE = 'deployments.apps';

/** Moves Deployments from one ReplicaSet to the next (kube-controller-manager: deployment). */
export const deploymentController: Component = {
  name: ACTOR,
  watches: [RESOURCE, 'replicasets.apps', 'pods'],
  assumes: true,
  deliveriesOf(change, _rows, objects) {
    if (change.resource === RESOURCE) return [{ actor: ACTOR, key: change.key }];
    return change.resource === 'pods' ? deliveriesOfPod(change, objects) : deliveriesOfSet(change, objects);
  },
  *reconcile(view, { key }, now) {
    const deployment = view.objects.byKey<Deployment>(key);
    if (deployment) yield* syncDeployment({ view, now, deployment, isWritten: false });
  },
  *addresses(view) {
    for (const deployment of view.objects.list<Deployment>(RESOURCE)) {
      yield { actor: ACTOR, key: keyOf(deployment) };
    }
  },
  wake(view, { key }, from) {
    const deployment = view.objects.byKey<Deployment>(key);
    const at = deployment && nextProgressCheck(deployment, view.settings.epochMs);
    if (at === undefined || at < from) return undefined;
    return { at, cause: view.objects.changedAt(key) ?? null };
  },
};

/** A ReplicaSet's change is its owner's matter, and an orphan's that of all that select it. */
function* deliveriesOfSet({ object, before, type }: Change, objects: ObjectReader): Generator<Delivery> {
  const namespace = object.metadata.namespace ?? '';
  const owner = controllerOf(object);
  const former = before && controllerOf(before);
  if (former !== undefined && !isEqualJson(former, owner)) yield* toOwner(objects, namespace, former);
  if (owner !== undefined) {
    yield* toOwner(objects, namespace, owner);
    return;
  }
  const { labels } = object.metadata;
  const isNews = !before || former !== undefined || !isEqualJson(before.metadata.labels, labels);
  if (type === 'DELETED' || !isNews || labels === undefined) return;
  for (const candidate of objects.list<Deployment>(RESOURCE, namespace)) {
    if (selects(candidate.spec.selector, labels)) yield { actor: ACTOR, key: keyOf(candidate) };
  }
}

/** Only a Recreate waits for pods: until the last of them is gone (deployment_controller.go deletePod). */
function* deliveriesOfPod({ object, type }: Change, objects: ObjectReader): Generator<Delivery> {
  const namespace = object.metadata.namespace ?? '';
  const above = controllerOf(object);
  if (above?.kind !== 'ReplicaSet') return;
  const set = objects.get<ReplicaSet>('replicasets.apps', namespace, above.name);
  if (set?.metadata.uid !== above.uid) return;
  const owner = set && controllerOf(set);
  const deployment = owner && ownerIn(objects, namespace, owner);
  if (deployment?.spec.strategy?.type !== 'Recreate') return;
  const isLast = type === 'DELETED' && !hasPods(objects, deployment);
  yield isLast ? { actor: ACTOR, key: keyOf(deployment) } : { actor: ACTOR };
}

function hasPods(objects: ObjectReader, { metadata }: Deployment): boolean {
  const sets = objects.listBy<KubeObject>('owner', metadata.uid ?? '');
  return sets.some((set) => objects.listBy('owner', set.metadata.uid ?? '').length > 0);
}

function* toOwner(objects: ObjectReader, namespace: string, owner: OwnerReference): Generator<Delivery> {
  const deployment = ownerIn(objects, namespace, owner);
  if (deployment) yield { actor: ACTOR, key: keyOf(deployment) };
}

/** Another Deployment may have the name by now: then it is nobody's matter. */
function ownerIn(objects: ObjectReader, namespace: string, owner: OwnerReference): Deployment | undefined {
  if (owner.kind !== 'Deployment') return undefined;
  const found = objects.get<Deployment>(RESOURCE, namespace, owner.name);
  return found?.metadata.uid === owner.uid ? found : undefined;
}

function keyOf({ metadata }: Deployment): string {
  return storageKey({ resource: RESOURCE, namespace: metadata.namespace ?? '', name: metadata.name ?? '' });
}
