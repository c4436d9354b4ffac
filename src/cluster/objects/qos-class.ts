import type { Pod, ResourceRequirements } from './kubernetes.ts';
import { type Amounts, addLists, amountsOf } from './pod-resources.ts';
import { ZERO } from './quantity.ts';

export type QosClass = 'Guaranteed' | 'Burstable' | 'BestEffort';

const COUNTED = ['cpu', 'memory'];

/**
 * Guaranteed when every container limits cpu and memory and requests just as much, BestEffort when none says
 * anything of either, Burstable otherwise. What a pod says for itself as a whole stands for its containers
 * (core: helper/qos).
 */
export function qosClassOf({ spec }: Pick<Pod, 'spec'>): QosClass {
  const parts = spec.resources === undefined ? [...spec.containers, ...(spec.initContainers ?? [])] : [spec];
  const requests = sumOf(parts, 'requests');
  const limits = sumOf(parts, 'limits');
  const named = COUNTED.filter((name) => requests[name] !== undefined || limits[name] !== undefined);
  if (named.length === 0) return 'BestEffort';
  const isLimited = parts.every(({ resources }) => {
    if (parts[0] === spec && resources?.limits === undefined) return true;
    const own = positive(amountsOf(resources?.limits));
    return COUNTED.every((name) => own[name] !== undefined);
  });
  const isEqual = named.every((name) => requests[name]?.nano === limits[name]?.nano);
  return isLimited && isEqual ? 'Guaranteed' : 'Burstable';
}

function sumOf(parts: readonly { resources?: ResourceRequirements }[], side: 'requests' | 'limits'): Amounts {
  return parts.reduce<Amounts>(
    (sum, { resources }) => addLists(sum, positive(amountsOf(resources?.[side]))),
    {},
  );
}

function positive(amounts: Amounts): Amounts {
  const names = COUNTED.filter((name) => (amounts[name] ?? ZERO).nano > 0n);
  return Object.fromEntries(names.map((name) => [name, amounts[name] ?? ZERO]));
}
