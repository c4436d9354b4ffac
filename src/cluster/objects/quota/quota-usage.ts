import type { Millis } from '../../../kernel/time/millis.ts';
import { parseRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { KubeObject } from '../kube-object.ts';
import type { Container, PersistentVolumeClaim, Pod, Service } from '../kubernetes.ts';
import { isTerminal } from '../pod-phase.ts';
import { type Amounts, amountsOf, podLimits, podRequests } from '../pod-resources.ts';
import { amountOf } from '../quantity.ts';

/** What objects take of a namespace's quota (pkg/quota/v1/evaluator/core). */

const STORAGE_CLASS = '.storageclass.storage.k8s.io/';
const CLAIM_NAMES: readonly string[] = ['persistentvolumeclaims', 'requests.storage'];
const POD_NAMES: readonly string[] = [
  'cpu',
  'memory',
  'ephemeral-storage',
  'requests.cpu',
  'requests.memory',
  'requests.ephemeral-storage',
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
  'pods',
];
const SERVICE_NAMES: readonly string[] = ['services', 'services.nodeports', 'services.loadbalancers'];
/** Kinds that are counted by their plural too (registry.go: legacyObjectCountAliases). */
const COUNTED: readonly string[] = ['configmaps', 'resourcequotas', 'replicationcontrollers', 'secrets'];
/** If one of these is limited, each container has to say how much it takes. */
const TO_BE_SAID: readonly string[] = [
  'cpu',
  'memory',
  'requests.cpu',
  'requests.memory',
  'limits.cpu',
  'limits.memory',
];

/** Of the names in a quota, those that objects of a resource count for. */
export function namesFor(resource: string, names: readonly string[]): readonly string[] {
  return names.filter((name) => name === `count/${resource}` || countsFor(resource, name));
}

function countsFor(resource: string, name: string): boolean {
  switch (resource) {
    case 'pods':
      return (
        POD_NAMES.includes(name) || /^(?:requests\.)?hugepages-/.test(name) || /^requests\.[^/]+\//.test(name)
      );
    case 'services':
      return SERVICE_NAMES.includes(name);
    case 'persistentvolumeclaims':
      return CLAIM_NAMES.some((each) => name === each || name.endsWith(`${STORAGE_CLASS}${each}`));
    default:
      return COUNTED.includes(resource) && name === resource;
  }
}

/** What one object takes, by the names that quotas use. `now`: milliseconds since 1970. */
export function usageOf(resource: string, object: KubeObject, now: Millis): Amounts {
  const one = amountOf(1);
  const count = { [`count/${resource}`]: one };
  switch (resource) {
    case 'pods':
      return isOver(object as Pod, now) ? count : { ...count, ...usageOfPod(object as Pod) };
    case 'services':
      return { ...count, services: one, ...usageOfService(object as Service) };
    case 'persistentvolumeclaims':
      return { ...count, ...usageOfClaim(object as PersistentVolumeClaim) };
    default:
      return COUNTED.includes(resource) ? { ...count, [resource]: one } : count;
  }
}

/** A pod that has ended, or should have been gone by now, takes nothing any more (QuotaV1Pod). */
export function isOver({ metadata, status }: Pod, now: Millis): boolean {
  if (isTerminal({ status } as Pod)) return true;
  const { deletionTimestamp, deletionGracePeriodSeconds } = metadata;
  if (deletionTimestamp === undefined || deletionGracePeriodSeconds === undefined) return false;
  return now > (parseRfc3339(deletionTimestamp) ?? now) + deletionGracePeriodSeconds * 1000;
}

function usageOfPod(pod: Pod): Amounts {
  return { pods: amountOf(1), ...named(podRequests(pod), podLimits(pod)) };
}

/** podComputeUsageHelper. */
function named(requests: Amounts, limits: Amounts): Amounts {
  const usage: Record<string, Amounts[string]> = {};
  for (const [name, amount] of Object.entries(requests)) {
    const isPlain = ['cpu', 'memory', 'ephemeral-storage'].includes(name);
    if (isPlain || name.startsWith('hugepages-')) usage[name] = amount;
    if (isPlain || name.startsWith('hugepages-') || name.includes('/')) usage[`requests.${name}`] = amount;
  }
  for (const [name, amount] of Object.entries(limits)) {
    if (['cpu', 'memory', 'ephemeral-storage'].includes(name)) usage[`limits.${name}`] = amount;
  }
  return usage;
}

function usageOfService({ spec }: Service): Amounts {
  const ports = spec?.ports ?? [];
  const isBalanced = spec?.type === 'LoadBalancer';
  const allocates = spec?.allocateLoadBalancerNodePorts !== false;
  const given = ports.filter(({ nodePort }) => (nodePort ?? 0) !== 0).length;
  const count =
    spec?.type === 'NodePort' || (isBalanced && allocates) ? ports.length : isBalanced ? given : 0;
  return {
    'services.nodeports': amountOf(count),
    'services.loadbalancers': amountOf(isBalanced ? 1 : 0),
  };
}

function usageOfClaim({ metadata, spec }: PersistentVolumeClaim): Amounts {
  const one = amountOf(1);
  const className =
    metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? spec?.storageClassName ?? '';
  const storage = amountsOf(spec?.resources?.requests)['storage'];
  const prefix = `${className}${STORAGE_CLASS}`;
  return {
    persistentvolumeclaims: one,
    ...(storage && { 'requests.storage': storage }),
    ...(className !== '' && { [`${prefix}persistentvolumeclaims`]: one }),
    ...(className !== '' && storage && { [`${prefix}requests.storage`]: storage }),
  };
}

/** What a pod leaves unsaid that a quota has to know; undefined when nothing is. */
export function unsaidIn({ spec }: Pod, names: readonly string[]): string | undefined {
  const saysAll = (['requests', 'limits'] as const).some(
    (side) => Object.keys(amountsOf(spec.resources?.[side])).length > 0,
  );
  if (saysAll) return undefined;
  const containers: readonly Container[] = [...spec.containers, ...(spec.initContainers ?? [])];
  const missing = names
    .filter((name) => TO_BE_SAID.includes(name))
    .toSorted()
    .flatMap((name) => {
      const silent = containers.filter(
        ({ resources }) => !(name in named(amountsOf(resources?.requests), amountsOf(resources?.limits))),
      );
      const list = silent.map((container) => container.name).toSorted();
      return list.length === 0 ? [] : [`${name} for: ${list.join(',')}`];
    });
  return missing.length === 0 ? undefined : `must specify ${missing.join('; ')}`;
}
