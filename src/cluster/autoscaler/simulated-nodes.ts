import type { View } from '../contract/component.ts';
import type { ClusterSettings } from '../contract/settings.ts';
import { derived } from '../objects/derived.ts';
import type { Pod } from '../objects/kubernetes.ts';
import { filterNodes, refusalAt } from '../scheduler/filter-nodes.ts';
import type { Cycle } from '../scheduler/framework.ts';
import { infoAfter, type NodeInfo } from '../scheduler/nodes/node-info.ts';
import { profileOf } from '../scheduler/profile.ts';

/**
 * Where the scheduler could put a pod among nodes that need not exist: the autoscaler asks the scheduler's
 * own filters (cluster-autoscaler: simulator/clustersnapshot/predicate). Undefined where it fits nowhere.
 */
export function placeFor(view: View, nodes: readonly NodeInfo[], pod: Pod): number | undefined {
  const cycle = cycleFor(view, nodes, pod);
  return problemOf(cycle) === undefined ? filterNodes(cycle).fitting[0] : undefined;
}

/** Why a pod can't be on the node at a place; undefined where it can. */
export function refusalOn(
  view: View,
  nodes: readonly NodeInfo[],
  { pod, place }: { readonly pod: Pod; readonly place: number },
): readonly string[] | undefined {
  const cycle = cycleFor(view, nodes, pod);
  const problem = problemOf(cycle);
  return problem === undefined ? refusalAt(cycle, place)?.reasons : [problem];
}

function cycleFor({ settings, objects }: View, nodes: readonly NodeInfo[], pod: Pod): Cycle {
  const { version } = settings;
  const profile = ownProfile(settings);
  // Of a pod that is to move it does not matter where it is.
  const { nodeName: _, ...spec } = pod.spec;
  return { pod: { ...pod, spec }, profile, nodes, start: 0, objects, version };
}

/** It is built with a scheduler of its own, which knows nothing of how the cluster's is configured. */
const ownProfile = derived(({ version }: ClusterSettings) =>
  profileOf({ schedulerName: 'default-scheduler' }, 0, version),
);

/** What keeps a pod from all nodes, whatever they are like. */
function problemOf(cycle: Cycle): string | undefined {
  for (const filter of cycle.profile.filters) {
    const problem = filter.problemOf?.(cycle);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** The nodes with a pod more on one of them. */
export function withPod(nodes: readonly NodeInfo[], place: number, pod: Pod): readonly NodeInfo[] {
  return nodes.map((info, index) =>
    index === place ? infoAfter(info, { pods: [...info.pods, pod], came: [pod], went: [] }) : info,
  );
}

/** Pods put on nodes one after another: the nodes then, and those that found no place. */
export function placeAll(
  view: View,
  nodes: readonly NodeInfo[],
  pods: readonly Pod[],
): { readonly nodes: readonly NodeInfo[]; readonly left: readonly Pod[] } {
  let then = nodes;
  const left: Pod[] = [];
  for (const pod of pods) {
    const place = placeFor(view, then, pod);
    if (place === undefined) left.push(pod);
    else then = withPod(then, place, pod);
  }
  return { nodes: then, left };
}
