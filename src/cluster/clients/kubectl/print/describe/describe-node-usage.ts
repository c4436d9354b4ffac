import { sortedKeys } from '../../../../objects/json.ts';
import type { Node, Pod } from '../../../../objects/kubernetes.ts';
import { type Amounts, addLists, podLimits, podRequests } from '../../../../objects/pod-resources.ts';
import { formatQuantity, milliValue, wholeValue, ZERO } from '../../../../objects/quantity.ts';
import { ageOf } from '../age.ts';
import type { PrintContext } from '../print-context.ts';
import { printsSince } from '../prints-since.ts';
import { field, indented, type Lines } from './description.ts';

/**
 * What the pods on a node ask for, pod by pod and together. Mirrors kubectl: describe.go
 * describeNodeResource; the amounts are those of the pods' specs, where 1.36 also looks at what a resize has
 * got so far.
 */
export function nodeUsageLines(node: Node, pods: readonly Pod[], context: PrintContext): Lines {
  const { capacity = {}, allocatable = {} } = node.status ?? {};
  const available = sortedKeys(allocatable).length > 0 ? allocatable : capacity;
  const counted = printsSince(context.version, 'sidecarRequests') ? pods : pods.map(withoutSidecars);
  return [
    field('Non-terminated Pods', `(${pods.length} in total)`),
    ...indented(1, podTable(counted, available, context)),
    'Allocated resources:',
    '  (Total limits may be over 100 percent, i.e., overcommitted.)',
    ...indented(1, totalTable(counted, available)),
  ];
}

/** A pod as a kubectl saw it that knew of init containers only. */
function withoutSidecars(pod: Pod): Pod {
  const initContainers = (pod.spec.initContainers ?? []).map(
    ({ restartPolicy: _, ...container }) => container,
  );
  return { ...pod, spec: { ...pod.spec, initContainers } };
}

type Available = Readonly<Record<string, string>>;

function podTable(pods: readonly Pod[], available: Available, { now, version }: PrintContext): Lines {
  const age = printsSince(version, 'nodePodAge') ? 'Age' : 'AGE';
  const rows = pods.map((pod) => {
    const [requests, limits] = [podRequests(pod), podLimits(pod)];
    const share = (amounts: Amounts, name: string) => shareText(amounts, name, available);
    const amounts = [
      share(requests, 'cpu'),
      share(limits, 'cpu'),
      share(requests, 'memory'),
      share(limits, 'memory'),
    ];
    const { namespace = '', name = '', creationTimestamp } = pod.metadata;
    return [namespace, name, '', ...amounts, ageOf(creationTimestamp, now)].join('\t');
  });
  return [
    `Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\t${age}`,
    '---------\t----\t\t------------\t----------\t---------------\t-------------\t---',
    ...rows,
  ];
}

function totalTable(pods: readonly Pod[], available: Available): Lines {
  const sum = (of: (pod: Pod) => Amounts) =>
    pods.reduce<Amounts>((total, pod) => addLists(total, of(pod)), {});
  const [requests, limits] = [sum(podRequests), sum(podLimits)];
  const hugePages = sortedKeys(available).filter((name) => name.startsWith('hugepages-'));
  const withShare = ['cpu', 'memory', 'ephemeral-storage', ...hugePages];
  const others = sortedKeys(available).filter((name) => !withShare.includes(name) && name !== 'pods');
  const shareOrZero = (amounts: Amounts, name: string) =>
    // Of nothing everything is 0%, but only in the totals.
    amountIn(name, available[name] ?? '0') === 0
      ? `${formatQuantity(amounts[name] ?? ZERO)} (0%)`
      : shareText(amounts, name, available);
  return [
    'Resource\tRequests\tLimits',
    '--------\t--------\t------',
    ...withShare.map((name) => `${name}\t${shareOrZero(requests, name)}\t${shareOrZero(limits, name)}`),
    ...others.map((name) => {
      const [request, limit] = [requests[name] ?? ZERO, limits[name] ?? ZERO];
      return `${name}\t${formatQuantity(request)}\t${formatQuantity(limit)}`;
    }),
  ];
}

/** `250m (12%)`, cut off, not rounded. */
function shareText(amounts: Amounts, name: string, available: Available): string {
  const amount = formatQuantity(amounts[name] ?? ZERO);
  const fraction = (amountIn(name, amount) / amountIn(name, available[name] ?? '0')) * 100;
  // A division by zero comes out of Go as the smallest integer.
  const percent = Number.isFinite(fraction) ? Math.trunc(fraction) : '-9223372036854775808';
  return `${amount} (${percent}%)`;
}

function amountIn(name: string, amount: string): number {
  return name === 'cpu' ? milliValue(amount) : wholeValue(amount);
}
