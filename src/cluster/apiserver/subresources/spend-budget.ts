import type { Refused } from '../../contract/response.ts';
import { findCondition, withCondition } from '../../objects/conditions.ts';
import type { Pod, PodDisruptionBudget } from '../../objects/kubernetes.ts';
import { storageKey } from '../../objects/storage-key.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import { type Call, timestamp } from '../call.ts';
import { forbidden, tooManyRequests } from '../refusal.ts';

const BUDGETS = 'poddisruptionbudgets.policy';
const VIOLATION = "Cannot evict pod as it would violate the pod's disruption budget.";

/** Budgets of policy/v1 have conditions; those of v1beta1 had none. */
const HAS_CONDITIONS: Since<boolean> = [
  [20, false],
  [21, true],
];

/** Far more evictions than a controller can have confirmed. */
const UNCONFIRMED_MAX = 2000;

/**
 * Takes one disruption from a budget, or refuses when it has none to give (eviction.go checkAndDecrement).
 */
export function spendBudget(call: Call, pod: Pod, budget: PodDisruptionBudget): Refused | undefined {
  const { name = '', generation = 0 } = budget.metadata;
  const status = budget.status;
  if (status === undefined || (status.observedGeneration ?? 0) < generation) {
    const message = `The disruption budget ${name} is still being processed by the server.`;
    return tooManyRequests(VIOLATION, { reason: 'DisruptionBudget', message }, 10);
  }
  const subject = {
    group: 'policy',
    plural: 'poddisruptionbudget',
    kind: 'PodDisruptionBudget',
    name: 'poddisruptionbudget.policy',
  };
  const allowed = status.disruptionsAllowed ?? 0;
  if (allowed < 0) return forbidden(subject, name, 'pdb disruptions allowed is negative');
  if (Object.keys(status.disruptedPods ?? {}).length > UNCONFIRMED_MAX) {
    const why = 'DisruptedPods map too big - too many evictions not confirmed by PDB controller';
    return forbidden(subject, name, why);
  }
  if (allowed === 0) {
    return tooManyRequests(VIOLATION, { reason: 'DisruptionBudget', message: whyNone(name, status) }, 0);
  }
  const place = {
    resource: BUDGETS,
    key: storageKey({ resource: BUDGETS, namespace: call.namespace ?? '', name }),
  };
  call.store.update(place, budget, { ...budget, status: spent(call, pod, status) } as PodDisruptionBudget);
  return undefined;
}

type BudgetStatus = NonNullable<PodDisruptionBudget['status']>;

function whyNone(name: string, { conditions, currentHealthy = 0, desiredHealthy = 0 }: BudgetStatus): string {
  const condition = findCondition(conditions, 'DisruptionAllowed');
  const told = condition?.status === 'False' && condition.message ? condition : undefined;
  const beginning = `The disruption budget ${name}`;
  if (told?.reason === 'SyncFailed') {
    return `${beginning} does not allow evicting pods currently because it failed sync: ${told.message}`;
  }
  if (currentHealthy <= desiredHealthy) {
    return `${beginning} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`;
  }
  const refusal = `${beginning} does not allow evicting pods currently`;
  return told ? `${refusal} (${told.reason}): ${told.message}` : refusal;
}

/** The controller is told which pods go, so that it does not count them while they do. */
function spent(call: Call, pod: Pod, status: BudgetStatus): BudgetStatus {
  const now = timestamp(call);
  const disruptionsAllowed = (status.disruptionsAllowed ?? 0) - 1;
  const disruptedPods = { ...status.disruptedPods, [pod.metadata.name ?? '']: now };
  const isTold = inVersion(HAS_CONDITIONS, call.settings.version);
  if (disruptionsAllowed > 0 || !isTold) return { ...status, disruptionsAllowed, disruptedPods };
  const condition = {
    type: 'DisruptionAllowed',
    status: 'False',
    observedGeneration: status.observedGeneration ?? 0,
    lastTransitionTime: now,
    reason: 'InsufficientPods',
    message: '',
  };
  const conditions = withCondition(status.conditions, condition);
  return { ...status, disruptionsAllowed, disruptedPods, conditions };
}
