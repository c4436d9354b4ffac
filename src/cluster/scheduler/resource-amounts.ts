import type { Container, Pod } from '../objects/kubernetes.ts';
import { type Amounts, amountsOf, podRequests, type ResourceList } from '../objects/pod-resources.ts';

/**
 * Amounts as the scheduler counts them: `cpu` in millicores, everything else in whole units (bytes, pieces).
 */
export type ResourceAmounts = Readonly<Record<string, number>>;

/** Objects in the store never change, so what is read out of one stays true. */
const known = new WeakMap<Pod, ResourceAmounts>();
const knownNonZero = new WeakMap<Pod, ResourceAmounts>();

/** What a pod asks for. */
export function requestsOf(pod: Pod): ResourceAmounts {
  return remembered(known, pod, podRequests);
}

/** What a container that does not say is taken to need, for scores (scheduler: util/pod_resources.go). */
const DEFAULT_REQUESTS = { cpu: '100m', memory: '200Mi' };

/** What a pod asks for, with something for every container that asks for nothing. */
export function nonZeroRequestsOf(pod: Pod): ResourceAmounts {
  return remembered(knownNonZero, pod, ({ spec }) => {
    const filled = (containers: readonly Container[] = []): Container[] =>
      containers.map((container) => ({
        ...container,
        resources: { requests: { ...DEFAULT_REQUESTS, ...container.resources?.requests } },
      }));
    const initContainers = filled(spec.initContainers);
    return podRequests({ spec: { ...spec, containers: filled(spec.containers), initContainers } });
  });
}

function remembered(
  memory: WeakMap<Pod, ResourceAmounts>,
  pod: Pod,
  read: (pod: Pod) => Amounts,
): ResourceAmounts {
  const amounts = memory.get(pod) ?? numbersOf(read(pod));
  memory.set(pod, amounts);
  return amounts;
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
