import { derived } from './derived.ts';
import { sortedKeys } from './json.ts';
import type { Container, Pod, PodSpec } from './kubernetes.ts';
import { type Amount, addAmounts, compareAmounts, formatQuantity, parseQuantity, ZERO } from './quantity.ts';

/**
 * Amounts by the name of the resource: `cpu`, `memory`, `ephemeral-storage`, `hugepages-2Mi`,
 * `example.com/gpu`.
 */
export type ResourceList = Readonly<Record<string, string>>;

/** Amounts under computation. */
export type Amounts = Readonly<Record<string, Amount>>;

type Side = 'requests' | 'limits';

/**
 * What a pod asks of its node: the sum over its containers and sidecars, or the most that the init containers
 * need in their turn, with the sidecars started before each; a pod's own requests stand instead of that sum,
 * and overhead comes on top (component-helpers: resource/helpers.go PodRequests).
 */
export function podRequests({ spec }: Pick<Pod, 'spec'>): Amounts {
  return requestsOfSpec(spec);
}

// A kubelet that admits a pod asks for those of all that it has.
const requestsOfSpec = derived(
  (spec: PodSpec): Amounts => addLists(podAmounts(spec, 'requests'), amountsOf(spec.overhead)),
);

/** The same of limits; overhead comes only on top of what is limited at all. */
export function podLimits(pod: Pick<Pod, 'spec'>): Amounts {
  const limits = podAmounts(pod.spec, 'limits');
  const overhead = amountsOf(pod.spec.overhead);
  const limited = Object.fromEntries(
    sortedKeys(overhead)
      .filter((name) => (limits[name] ?? ZERO).nano !== 0n)
      .map((name) => [name, overhead[name] ?? ZERO]),
  );
  return addLists(limits, limited);
}

/** The sum over a pod's containers alone, without what the pod says for itself and without overhead. */
export function containerAmounts(spec: PodSpec, side: Side): Amounts {
  let running = sumOf(spec.containers, side);
  let sidecars: Amounts = {};
  let initialising: Amounts = {};
  for (const container of spec.initContainers ?? []) {
    const own = amountsOf(container.resources?.[side]);
    if (isSidecar(container)) {
      running = addLists(running, own);
      sidecars = addLists(sidecars, own);
      initialising = greaterOf(initialising, sidecars);
    } else {
      initialising = greaterOf(initialising, addLists(own, sidecars));
    }
  }
  return greaterOf(running, initialising);
}

/** An init container that keeps running beside the others. */
export function isSidecar({ restartPolicy }: Pick<Container, 'restartPolicy'>): boolean {
  return restartPolicy === 'Always';
}

/** Whether a pod may say for itself how much of a resource it needs (PodLevelResources). */
export function isPodLevelResource(name: string): boolean {
  return name === 'cpu' || name === 'memory' || name.startsWith('hugepages-');
}

export function amountsOf(list: ResourceList | undefined): Amounts {
  if (list === undefined) return {};
  return Object.fromEntries(sortedKeys(list).map((name) => [name, parseQuantity(list[name] ?? '') ?? ZERO]));
}

/** Amounts as objects bear them. */
export function resourceListOf(amounts: Amounts): Record<string, string> {
  return Object.fromEntries(sortedKeys(amounts).map((name) => [name, formatQuantity(amounts[name] ?? ZERO)]));
}

export function addLists(a: Amounts, b: Amounts): Amounts {
  return merged(a, b, addAmounts);
}

function greaterOf(a: Amounts, b: Amounts): Amounts {
  return merged(a, b, (left, right) => (compareAmounts(right, left) > 0 ? right : left));
}

function podAmounts(spec: PodSpec, side: Side): Amounts {
  const amounts = containerAmounts(spec, side);
  const own = amountsOf(spec.resources?.[side]);
  const ofPod = sortedKeys(own).filter(isPodLevelResource);
  return { ...amounts, ...Object.fromEntries(ofPod.map((name) => [name, own[name] ?? ZERO])) };
}

function sumOf(containers: readonly Container[], side: Side): Amounts {
  return containers.reduce<Amounts>((sum, { resources }) => addLists(sum, amountsOf(resources?.[side])), {});
}

function merged(a: Amounts, b: Amounts, combine: (left: Amount, right: Amount) => Amount): Amounts {
  const result: Record<string, Amount> = { ...a };
  for (const name of sortedKeys(b)) {
    const right = b[name] ?? ZERO;
    const left = a[name];
    result[name] = left === undefined ? right : combine(left, right);
  }
  return result;
}
