import type { NodeInfo } from '../node-info.ts';
import { nonZeroRequestsOf, type ResourceAmounts } from '../resource-amounts.ts';
import type { Score } from './score.ts';

/**
 * The emptier the better, over cpu and memory (scheduler: noderesources/least_allocated.go), whole numbers.
 */
export const leastAllocated: Score = {
  name: 'NodeResourcesFit',
  weight: [[0, 1]],
  scores({ pod }, infos) {
    const own = nonZeroRequestsOf(pod);
    return infos.map((info) => scoreOf(info, own));
  },
};

function scoreOf({ allocatable, nonZeroRequested }: NodeInfo, own: ResourceAmounts): number {
  let sum = 0;
  let weights = 0;
  for (const name of ['cpu', 'memory'] as const) {
    const has = allocatable[name] ?? 0;
    if (has === 0) continue;
    const asked = (nonZeroRequested[name] ?? 0) + (own[name] ?? 0);
    sum += asked > has ? 0 : Math.floor(((has - asked) * 100) / has);
    weights++;
  }
  return weights === 0 ? 0 : Math.floor(sum / weights);
}
