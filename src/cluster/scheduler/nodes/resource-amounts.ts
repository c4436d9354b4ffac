import { derived } from '../../objects/derived.ts';
import type { Container, Node, Pod, PodSpec } from '../../objects/kubernetes.ts';
import { type Amounts, amountsOf, podRequests, type ResourceList } from '../../objects/pod-resources.ts';

/**
 * Amounts as the scheduler counts them: `cpu` in millicores, everything else in whole units (bytes, pieces).
 */
export type ResourceAmounts = Readonly<Record<string, number>>;

/** What a pod asks for. */
export function requestsOf({ spec }: Pick<Pod, 'spec'>): ResourceAmounts {
  return requestsOfSpec(spec);
}

/** What a pod asks for, with something for every container that asks for nothing. */
export function nonZeroRequestsOf({ spec }: Pick<Pod, 'spec'>): ResourceAmounts {
  return nonZeroRequestsOfSpec(spec);
}

const requestsOfSpec = derived((spec: PodSpec) => shared(spec, 'asked', () => podRequests({ spec })));

/** What a container that does not say is taken to need, for scores (scheduler: util/pod_resources.go). */
const DEFAULT_REQUESTS = { cpu: '100m', memory: '200Mi' };

const nonZeroRequestsOfSpec = derived((spec: PodSpec) =>
  shared(spec, 'taken to need', () => {
    const filled = (containers: readonly Container[] = []): Container[] =>
      containers.map((container) => ({
        ...container,
        resources: { requests: { ...DEFAULT_REQUESTS, ...container.resources?.requests } },
      }));
    const initContainers = filled(spec.initContainers);
    return podRequests({ spec: { ...spec, containers: filled(spec.containers), initContainers } });
  }),
);

/** Thousands of pods say the very same words: they are read once. */
const read = new Map<string, ResourceAmounts>();
const MOST_READ = 4096;

function shared(spec: PodSpec, what: string, find: () => Amounts): ResourceAmounts {
  const words = (containers: readonly Container[] = []): unknown[] =>
    containers.map(({ resources, restartPolicy }) => [resources?.requests, restartPolicy]);
  const all = [what, words(spec.containers), words(spec.initContainers), spec.resources, spec.overhead];
  const key = JSON.stringify(all);
  let amounts = read.get(key);
  if (!amounts) {
    if (read.size >= MOST_READ) read.clear();
    amounts = numbersOf(find());
    read.set(key, amounts);
  }
  return amounts;
}

/** What a node has to give. */
export function allocatableOf({ status }: Node): ResourceAmounts {
  return status?.allocatable ? numbersOfList(status.allocatable) : NOTHING;
}

const NOTHING: ResourceAmounts = {};

const numbersOfList = derived((list: ResourceList): ResourceAmounts => numbersOf(amountsOf(list)));

type AmountsOfPod = (pod: Pod) => ResourceAmounts;

/** The sum over pods, resource by resource. */
export function totalOf(pods: readonly Pod[], amountsOfPod: AmountsOfPod): ResourceAmounts {
  return totalAfter({ cpu: 0, memory: 0 }, amountsOfPod, { came: pods, went: [] });
}

interface ComingAndGoing {
  readonly came: readonly Pod[];
  readonly went: readonly Pod[];
}

/** A sum, once some pods have come to it and others have gone. */
export function totalAfter(
  total: ResourceAmounts,
  amountsOfPod: AmountsOfPod,
  { came, went }: ComingAndGoing,
): ResourceAmounts {
  const sum: Record<string, number> = { ...total };
  for (const pod of came) addTo(sum, amountsOfPod(pod), 1);
  for (const pod of went) addTo(sum, amountsOfPod(pod), -1);
  return sum;
}

function addTo(sum: Record<string, number>, amounts: ResourceAmounts, sign: 1 | -1): void {
  for (const name of Object.keys(amounts)) sum[name] = (sum[name] ?? 0) + sign * (amounts[name] ?? 0);
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
