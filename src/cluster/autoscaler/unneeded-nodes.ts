import type { View } from '../contract/component.ts';
import type { AutoscalerSettings } from '../contract/settings.ts';
import type { Node } from '../objects/kubernetes.ts';
import type { NodeInfo } from '../scheduler/nodes/node-info.ts';
import { nodeInfos } from '../scheduler/nodes/snapshot.ts';
import { isBeingDeleted } from './deletion-taints.ts';
import { goesWithNode, podsToMove } from './movable-pods.ts';
import { type Group, isReady } from './node-groups.ts';
import { placeAll } from './simulated-nodes.ts';

const KEPT = 'cluster-autoscaler.kubernetes.io/scale-down-disabled';

/**
 * Nodes that could go, each with all those before it: little of them is asked for, and what runs there would
 * find another place (cluster-autoscaler: core/scaledown/planner).
 */
export function unneededNodes(
  view: View,
  { groups, settings }: { readonly groups: readonly Group[]; readonly settings: AutoscalerSettings },
): readonly Node[] {
  const usable = nodeInfos(view.objects).filter(({ node }) => isReady(node) && !isBeingDeleted(node));
  const own = new Set(groups.flatMap(({ machines }) => machines.map(({ node }) => node)));
  const candidates = usable.filter((info) => own.has(info.name) && isLittleUsed(info, settings));
  const unneeded: Node[] = [];
  let staying: readonly NodeInfo[] = usable;
  // Empty ones first: nothing has to move for them.
  for (const { name, node, pods } of candidates.toSorted((a, b) => occupants(a) - occupants(b))) {
    // What was to move there from a node before it keeps it.
    if ((staying.find((info) => info.name === name)?.pods.length ?? 0) > pods.length) continue;
    const moving = podsToMove(view, pods);
    if (!moving) continue;
    const others = staying.filter((info) => info.name !== name);
    const { nodes, left } = placeAll(view, others, moving);
    if (left.length > 0) continue;
    staying = nodes;
    unneeded.push(node);
  }
  return unneeded;
}

const occupants = ({ pods }: NodeInfo): number => pods.filter((pod) => !goesWithNode(pod)).length;

export const isEmpty = (info: NodeInfo): boolean => occupants(info) === 0;

/** By what is asked for, not by what is used (simulator/utilization/info.go). */
function isLittleUsed(
  { node, requested, allocatable }: NodeInfo,
  { threshold }: AutoscalerSettings,
): boolean {
  if (node.metadata.annotations?.[KEPT] === 'true') return false;
  const shares = ['cpu', 'memory'].map((name) => (requested[name] ?? 0) / (allocatable[name] || 1));
  return Math.max(...shares) < threshold;
}
