import type { DeleteOptions } from '../../contract/request.ts';
import type { Granted, Refused } from '../../contract/response.ts';
import { isConditionTrue, withCondition } from '../../objects/conditions.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Eviction, Pod, PodDisruptionBudget } from '../../objects/kubernetes.ts';
import { selects } from '../../objects/label-selector.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import { type Call, keyOf, timestamp } from '../call.ts';
import { badRequest, notFound, unexpected } from '../refusal.ts';
import { remove } from '../verbs/delete.ts';
import { spendBudget } from './spend-budget.ts';

/** Evicted pods say so of themselves before they go (PodDisruptionConditions: on by default since 1.26). */
const SAYS_SO: Since<boolean> = [
  [0, false],
  [26, true],
];

/** A deletion that asks the budgets of disruption first (kubernetes: core/pod/storage/eviction.go). */
export function evict(call: Call, name: string, body: KubeObject): Granted | Refused {
  const eviction = body as Eviction;
  if (eviction.metadata?.name !== undefined && eviction.metadata.name !== name) {
    return badRequest('name in URL does not match name in Eviction object');
  }
  const pod = call.store.read<Pod>(keyOf(call, name));
  if (pod === undefined) return notFound(call.resource, name);
  const refusal = isHarmless(pod) ? undefined : askBudgets(call, pod);
  if (refusal) return refusal;
  markDisrupted(call, pod);
  return remove(call, name, (eviction.deleteOptions ?? {}) as DeleteOptions);
}

/** A pod that does not run yet, or no more, disrupts nothing by going. */
function isHarmless({ metadata, status }: Pod): boolean {
  const phase = status?.phase ?? 'Pending';
  return (
    phase === 'Pending' ||
    phase === 'Succeeded' ||
    phase === 'Failed' ||
    metadata.deletionTimestamp !== undefined
  );
}

function askBudgets(call: Call, pod: Pod): Refused | undefined {
  const budgets = call.store
    .list<PodDisruptionBudget>('poddisruptionbudgets.policy', call.namespace)
    .filter(({ spec }) => selects(spec?.selector, pod.metadata.labels));
  const [budget] = budgets;
  if (budgets.length > 1) {
    const limit = 'which the eviction subresource does not support';
    return unexpected(`This pod has more than one PodDisruptionBudget, ${limit}.`);
  }
  if (budget === undefined || isUnguarded(pod, budget)) return undefined;
  return spendBudget(call, pod, budget);
}

/** A pod that is not ready does not count, unless the budget is short even without it. */
function isUnguarded(pod: Pod, { spec, status }: PodDisruptionBudget): boolean {
  if (isConditionTrue(pod.status?.conditions, 'Ready')) return false;
  if (spec?.unhealthyPodEvictionPolicy === 'AlwaysAllow') return true;
  const desired = status?.desiredHealthy ?? 0;
  return desired > 0 && (status?.currentHealthy ?? 0) >= desired;
}

function markDisrupted(call: Call, pod: Pod): void {
  if (!inVersion(SAYS_SO, call.settings.version)) return;
  const condition = {
    type: 'DisruptionTarget',
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: timestamp(call),
    reason: 'EvictionByEvictionAPI',
    message: 'Eviction API: evicting',
  };
  const status = { ...pod.status, conditions: withCondition(pod.status?.conditions, condition) };
  const place = { resource: 'pods', key: keyOf(call, pod.metadata.name ?? '') };
  call.store.update(place, pod, { ...pod, status } as Pod);
}
