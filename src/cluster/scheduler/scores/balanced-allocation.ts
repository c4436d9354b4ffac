import type { ResourceWeight } from '../../contract/scheduler-settings.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import type { Score } from '../framework.ts';
import type { NodeInfo } from '../nodes/node-info.ts';
import { perNode } from '../nodes/per-node.ts';
import { type ResourceAmounts, requestsOf } from '../nodes/resource-amounts.ts';
import { CPU_AND_MEMORY } from './resource-allocation.ts';

/** A node, what a pod would take of it, and which resources are compared. */
interface Use {
  readonly info: NodeInfo;
  readonly own: ResourceAmounts;
  readonly compared: readonly ResourceWeight[];
}

/**
 * 1.20 compared cpu with memory alone, and gave nothing to a node that would be full; since 1.36 it is how
 * much the pod betters the balance.
 */
const FORMULA: Since<(use: Use) => number> = [
  [0, (use) => (isFull(use) ? 0 : Math.trunc((1 - 2 * deviationOf(use)) * 100))],
  [22, (use) => balanceOf(use)],
  [36, (use) => 50 + Math.trunc((50 + balanceOf(use) - balanceOf({ ...use, own: NOTHING })) / 2)],
];

/** Until then a pod that asks for nothing was scored as well. */
const SKIPS_BEST_EFFORT: Since<boolean> = [
  [0, false],
  [36, true],
];

/** Resources used in like measure (scheduler: noderesources/balanced_allocation.go). */
export const balancedAllocation: Score = {
  name: 'NodeResourcesBalancedAllocation',
  weight: [[0, 1]],
  scores({ pod, nodes, profile, version }, places) {
    const { resources = [] } = profile.args.NodeResourcesBalancedAllocation ?? {};
    const compared = resources.length > 0 ? resources : CPU_AND_MEMORY;
    const own = requestsOf(pod);
    const asksForNone = compared.every(({ name }) => !own[name]);
    if (asksForNone && inVersion(SKIPS_BEST_EFFORT, version)) return undefined;
    const formula = inVersion(FORMULA, version);
    const words = `balance ${JSON.stringify([compared, own])}`;
    return { raw: places.map(perNode(nodes, words, (info) => formula({ info, own, compared }))) };
  },
};

const NOTHING: ResourceAmounts = {};

const balanceOf = (use: Use): number => Math.trunc((1 - deviationOf(use)) * 100);

/** How much of a resource would be used, 0 to 1. */
function fractionOf({ allocatable, requested }: NodeInfo, own: ResourceAmounts, name: string): number {
  return Math.min(1, ((requested[name] ?? 0) + (own[name] ?? 0)) / (allocatable[name] ?? 1));
}

function isFull({ info, own, compared }: Use): boolean {
  return compared.some(({ name }) => info.allocatable[name] && fractionOf(info, own, name) === 1);
}

/** The standard deviation; of two it is half of how far they are apart. */
function deviationOf({ info, own, compared }: Use): number {
  let count = 0;
  let sum = 0;
  let difference = 0;
  for (const { name } of compared) {
    if (!info.allocatable[name]) continue;
    const fraction = fractionOf(info, own, name);
    sum += fraction;
    difference = fraction - difference;
    count++;
  }
  if (count < 2) return 0;
  if (count === 2) return Math.abs(difference) / 2;
  let squares = 0;
  for (const { name } of compared) {
    if (info.allocatable[name]) squares += (fractionOf(info, own, name) - sum / count) ** 2;
  }
  return Math.sqrt(squares / count);
}
