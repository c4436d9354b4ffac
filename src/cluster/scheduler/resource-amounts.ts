import type { Pod } from '../objects/kubernetes.ts';
import { type Amounts, amountsOf, podRequests, type ResourceList } from '../objects/pod-resources.ts';

/**
 * Amounts as the scheduler counts them: `cpu` in millicores, everything else in whole units (bytes, pieces).
 */
export type ResourceAmounts = Readonly<Record<string, number>>;

export function requestsOf(pod: Pod): ResourceAmounts {
  return numbersOf(podRequests(pod));
}

export function numbersOfList(list: ResourceList | undefined): ResourceAmounts {
  return numbersOf(amountsOf(list));
}

/** The sum, resource by resource. */
export function added(a: ResourceAmounts, b: ResourceAmounts): ResourceAmounts {
  const sum: Record<string, number> = { ...a };
  for (const [name, amount] of Object.entries(b)) sum[name] = (sum[name] ?? 0) + amount;
  return sum;
}

/** Rounded up, as Quantity.MilliValue and Quantity.Value do. */
function numbersOf(amounts: Amounts): ResourceAmounts {
  const numbers: Record<string, number> = {};
  for (const [name, { nano }] of Object.entries(amounts)) {
    const unit = name === 'cpu' ? 1_000_000n : 1_000_000_000n;
    numbers[name] = Number((nano + unit - 1n) / unit);
  }
  return numbers;
}
