import type { Filter } from './filters/filter.ts';
import { nodeAffinity } from './filters/node-affinity.ts';
import { nodeName } from './filters/node-name.ts';
import { nodePorts } from './filters/node-ports.ts';
import { nodeResourcesFit } from './filters/node-resources-fit.ts';
import { nodeUnschedulable } from './filters/node-unschedulable.ts';
import { taintToleration } from './filters/taint-toleration.ts';
import { balancedAllocation } from './scores/balanced-allocation.ts';
import { leastAllocated } from './scores/least-allocated.ts';
import { nodePreference } from './scores/node-preference.ts';
import type { Score } from './scores/score.ts';
import { taintPreference } from './scores/taint-preference.ts';

/**
 * In Kubernetes' order: a node is refused by the first that refuses (scheduler:
 * apis/config/v1/default_plugins.go).
 */
export const filters: readonly Filter[] = [
  nodeUnschedulable,
  nodeName,
  taintToleration,
  nodeAffinity,
  nodePorts,
  nodeResourcesFit,
];

export const scores: readonly Score[] = [taintPreference, nodePreference, leastAllocated, balancedAllocation];
