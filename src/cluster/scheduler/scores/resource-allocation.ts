import type { FitArgs, ResourceWeight, ShapePoint } from '../../contract/scheduler-settings.ts';
import type { Score } from '../framework.ts';
import type { NodeInfo } from '../nodes/node-info.ts';
import { perNode } from '../nodes/per-node.ts';
import { nonZeroRequestsOf, type ResourceAmounts } from '../nodes/resource-amounts.ts';

/** What is compared unless the scheduler is configured otherwise. */
export const CPU_AND_MEMORY: readonly ResourceWeight[] = [{ name: 'cpu' }, { name: 'memory' }];

/**
 * How much of a node would be taken: the emptier the better, or as the strategy has it (scheduler:
 * noderesources/resource_allocation.go), in whole numbers.
 */
export const resourceAllocation: Score = {
  name: 'NodeResourcesFit',
  weight: [[0, 1]],
  scores({ pod, nodes, profile }, places) {
    const { scoringStrategy } = profile.args.NodeResourcesFit ?? {};
    const { resources = [] } = scoringStrategy ?? {};
    const compared = resources.length > 0 ? resources : CPU_AND_MEMORY;
    const strategy = strategyOf(scoringStrategy);
    const own = nonZeroRequestsOf(pod);
    const words = `room left ${JSON.stringify([scoringStrategy, own])}`;
    return { raw: places.map(perNode(nodes, words, (info) => scoreOf(info, own, { compared, strategy }))) };
  },
};

interface Measure {
  readonly compared: readonly ResourceWeight[];
  readonly strategy: Strategy;
}

function scoreOf(info: NodeInfo, own: ResourceAmounts, { compared, strategy }: Measure): number {
  let sum = 0;
  let weights = 0;
  for (const { name, weight = 1 } of compared) {
    const has = info.allocatable[name] ?? 0;
    // Pieces that the pod does not ask for are of no interest.
    if (has === 0 || (isScalar(name) && !own[name])) continue;
    const score = strategy.scoreOf(takenOf(info, name) + (own[name] ?? 0), has);
    if (score === 0 && strategy.leavesZeroOut) continue;
    sum += score * (weight || 1);
    weights += weight || 1;
  }
  if (weights === 0) return 0;
  return strategy.leavesZeroOut ? Math.round(sum / weights) : Math.floor(sum / weights);
}

/** Only of cpu and memory those that say nothing are taken to need something. */
function takenOf({ requested, nonZeroRequested }: NodeInfo, name: string): number {
  return (name === 'cpu' || name === 'memory' ? nonZeroRequested[name] : requested[name]) ?? 0;
}

function isScalar(name: string): boolean {
  return name !== 'cpu' && name !== 'memory' && name !== 'ephemeral-storage';
}

interface Strategy {
  /** 0 to 100 for what would be taken of what there is. */
  scoreOf(taken: number, has: number): number;
  readonly leavesZeroOut: boolean;
}

const LEAST: Strategy = {
  scoreOf: (taken, has) => (taken > has ? 0 : Math.floor(((has - taken) * 100) / has)),
  leavesZeroOut: false,
};

const MOST: Strategy = {
  scoreOf: (taken, has) => Math.floor((Math.min(taken, has) * 100) / has),
  leavesZeroOut: false,
};

function strategyOf(strategy: FitArgs['scoringStrategy']): Strategy {
  if (strategy?.type === 'MostAllocated') return MOST;
  if (strategy?.type !== 'RequestedToCapacityRatio') return LEAST;
  const { shape = [] } = strategy.requestedToCapacityRatio ?? {};
  return {
    scoreOf: (taken, has) => heightAt(shape, taken > has ? 100 : Math.floor((taken * 100) / has)),
    leavesZeroOut: true,
  };
}

/** The height of a line through points, level before the first and after the last (helper/shape_score.go). */
function heightAt(shape: readonly ShapePoint[], utilization: number): number {
  const place = shape.findIndex((point) => utilization <= point.utilization);
  const to = shape[place] ?? shape.at(-1);
  const from = shape[place - 1];
  if (!to) return 0;
  // Scores are given from 0 to 10.
  if (place < 0 || !from) return to.score * 10;
  const rise = (to.score - from.score) * 10 * (utilization - from.utilization);
  return from.score * 10 + Math.trunc(rise / (to.utilization - from.utilization));
}
