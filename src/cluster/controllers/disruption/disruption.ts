import type { Component } from '../../contract/component.ts';
import type { ObjectReader } from '../../contract/reader.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { PodDisruptionBudget } from '../../objects/kubernetes.ts';
import { selects } from '../../objects/label-selector.ts';
import { storageKey } from '../../objects/storage-key.ts';
import { disruptionsEnd, syncBudget } from './sync-budget.ts';

const ACTOR = 'disruption-controller';
const BUDGETS = 'poddisruptionbudgets.policy';

/** Counts for every PodDisruptionBudget how many of its pods may be evicted now (disruption.go). */
export const disruptionController: Component = {
  name: ACTOR,
  watches: [BUDGETS, 'pods'],
  assumes: true,
  *deliveriesOf({ resource, key, object, before }, _rows, objects) {
    yield { actor: ACTOR };
    if (resource === BUDGETS) yield { actor: ACTOR, key };
    else for (const budget of budgetsOf([object, before], objects)) yield { actor: ACTOR, key: budget };
  },
  *addresses({ objects }) {
    for (const { metadata } of objects.list<PodDisruptionBudget>(BUDGETS)) {
      yield { actor: ACTOR, key: keyOf(metadata) };
    }
  },
  reconcile: (view, { key }, now) => syncBudget(view, key, now),
  wake(view, { key }, from) {
    const at = disruptionsEnd(view, key, from);
    return at === undefined ? undefined : { at, cause: view.objects.changedAt(key) ?? null };
  },
};

/** The budgets that mean a pod, as it was or as it is. */
function* budgetsOf(pods: readonly (KubeObject | undefined)[], objects: ObjectReader): Generator<string> {
  for (const { metadata, spec } of objects.list<PodDisruptionBudget>(BUDGETS, pods[0]?.metadata.namespace)) {
    if (pods.some((pod) => pod && selects(spec?.selector, pod.metadata.labels))) yield keyOf(metadata);
  }
}

function keyOf({ namespace = '', name = '' }: KubeObject['metadata']): string {
  return storageKey({ resource: BUDGETS, namespace, name });
}
