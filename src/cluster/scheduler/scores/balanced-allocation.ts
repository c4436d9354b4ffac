import type { Pod } from '../../objects/kubernetes.ts';
import type { NodeInfo } from '../node-info.ts';
import { type ResourceAmounts, requestsOf } from '../resource-amounts.ts';
import type { Score } from './score.ts';

/**
 * cpu and memory used in like measure (scheduler: noderesources/balanced_allocation.go, as of 1.36: how much
 * the pod betters the balance). A pod that asks for nothing says nothing.
 */
export const balancedAllocation: Score = {
  name: 'NodeResourcesBalancedAllocation',
  weight: 1,
  scores: (pod, infos) => infos.map((info) => scoreOf(pod, info)),
};

function scoreOf(pod: Pod, { allocatable, requested }: NodeInfo): number {
  const own = requestsOf(pod);
  if (!own['cpu'] && !own['memory']) return 0;
  const without = balance(requested, {}, allocatable);
  const withPod = balance(requested, own, allocatable);
  return Math.floor(50 + (50 + withPod - without) / 2);
}

function balance(requested: ResourceAmounts, own: ResourceAmounts, allocatable: ResourceAmounts): number {
  const fractions = (['cpu', 'memory'] as const)
    .filter((name) => allocatable[name])
    .map((name) => Math.min(1, ((requested[name] ?? 0) + (own[name] ?? 0)) / (allocatable[name] ?? 1)));
  const [first = 0, second = first] = fractions;
  return Math.floor((1 - Math.abs(first - second) / 2) * 100);
}
