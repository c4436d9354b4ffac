import type { Profile } from './framework.ts';

/** Clusters smaller than this are looked at as a whole, and no fewer are ever enough. */
export const FEWEST = 100;
/** In percent of all nodes, however many there are. */
const LEAST_PERCENTAGE = 5;

/**
 * How many nodes that could take a pod are enough to choose from: of more nodes a smaller part, unless the
 * profile says (scheduler: schedule_one.go numFeasibleNodesToFind). With nothing to score the first will do.
 */
export function nodesToFind({ percentageOfNodesToScore, scores }: Profile, nodes: number): number {
  if (scores.length === 0) return 1;
  if (nodes < FEWEST) return nodes;
  const own = Math.max(LEAST_PERCENTAGE, 50 - Math.floor(nodes / 125));
  return Math.max(FEWEST, Math.floor((nodes * (percentageOfNodesToScore || own)) / 100));
}
