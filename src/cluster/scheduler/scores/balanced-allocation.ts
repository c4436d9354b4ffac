import { inVersion, type Since } from '../../objects/versions.ts';
import type { NodeInfo } from '../node-info.ts';
import { type ResourceAmounts, requestsOf } from '../resource-amounts.ts';
import type { Score } from './score.ts';

interface Fractions {
  readonly without: readonly number[];
  readonly withPod: readonly number[];
}

/**
 * 1.20 compared cpu with memory alone, and gave nothing to a node that would be full; since 1.36 it is how
 * much the pod betters the balance.
 */
const FORMULA: Since<(fractions: Fractions) => number> = [
  [0, ({ withPod }) => (withPod.includes(1) ? 0 : balance(withPod, 1))],
  [22, ({ withPod }) => balance(withPod, 2)],
  [36, ({ withPod, without }) => Math.floor(50 + (50 + balance(withPod, 2) - balance(without, 2)) / 2)],
];

/** Until then a pod that asks for nothing was scored as well. */
const SKIPS_BEST_EFFORT: Since<boolean> = [
  [0, false],
  [36, true],
];

/** cpu and memory used in like measure (scheduler: noderesources/balanced_allocation.go). */
export const balancedAllocation: Score = {
  name: 'NodeResourcesBalancedAllocation',
  weight: [[0, 1]],
  scores({ pod, version }, infos) {
    const own = requestsOf(pod);
    if (!own['cpu'] && !own['memory'] && inVersion(SKIPS_BEST_EFFORT, version)) return undefined;
    const formula = inVersion(FORMULA, version);
    return infos.map((info) => formula({ without: fractionsOf(info, {}), withPod: fractionsOf(info, own) }));
  },
};

function fractionsOf({ allocatable, requested }: NodeInfo, own: ResourceAmounts): readonly number[] {
  return (['cpu', 'memory'] as const)
    .filter((name) => allocatable[name])
    .map((name) => Math.min(1, ((requested[name] ?? 0) + (own[name] ?? 0)) / (allocatable[name] ?? 1)));
}

function balance([first = 0, second = first]: readonly number[], divisor: number): number {
  return Math.floor((1 - Math.abs(first - second) / divisor) * 100);
}
