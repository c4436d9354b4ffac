import type { Container, Pod } from './kubernetes.ts';
import { milliValue, wholeValue } from './quantity.ts';

/** Amounts by resource name: `cpu` in millicores, everything else in whole units (bytes, pieces). */
export type ResourceAmounts = Readonly<Record<string, number>>;

/**
 * What a pod asks of its node: the sum of its containers and sidecars, or what its init containers need at their
 * worst moment if that is more, and its overhead (component-helpers: resource/helpers.go PodRequests).
 */
export function podRequests(pod: Pod): ResourceAmounts {
  return podAmounts(pod, (container) => requestsOf(container));
}

/** The same for limits. */
export function podLimits(pod: Pod): ResourceAmounts {
  return podAmounts(pod, (container) => amountsOf(container.resources?.limits));
}

function podAmounts(pod: Pod, amounts: (container: Container) => ResourceAmounts): ResourceAmounts {
  let running: ResourceAmounts = {};
  for (const container of pod.spec.containers) running = added(running, amounts(container));
  let sidecars: ResourceAmounts = {};
  let worstInit: ResourceAmounts = {};
  for (const container of pod.spec.initContainers ?? []) {
    const own = amounts(container);
    if (container.restartPolicy === 'Always') {
      sidecars = added(sidecars, own);
      worstInit = atLeast(worstInit, sidecars);
    } else {
      worstInit = atLeast(worstInit, added(sidecars, own));
    }
  }
  return added(atLeast(added(running, sidecars), worstInit), amountsOf(pod.spec.overhead));
}

function requestsOf(container: Container): ResourceAmounts {
  return amountsOf(container.resources?.requests);
}

/** Quantities as numbers. */
export function amountsOf(quantities: Readonly<Record<string, string | number>> = {}): ResourceAmounts {
  const amounts: Record<string, number> = {};
  for (const [name, quantity] of Object.entries(quantities)) {
    amounts[name] = name === 'cpu' ? milliValue(quantity) : wholeValue(quantity);
  }
  return amounts;
}

/** The sum, resource by resource. */
export function added(a: ResourceAmounts, b: ResourceAmounts): ResourceAmounts {
  const sum: Record<string, number> = { ...a };
  for (const [name, amount] of Object.entries(b)) sum[name] = (sum[name] ?? 0) + amount;
  return sum;
}

function atLeast(a: ResourceAmounts, b: ResourceAmounts): ResourceAmounts {
  const most: Record<string, number> = { ...a };
  for (const [name, amount] of Object.entries(b)) most[name] = Math.max(most[name] ?? 0, amount);
  return most;
}
