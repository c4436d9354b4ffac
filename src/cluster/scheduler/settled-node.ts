import { type Outcomes, outcomeKey } from '../../kernel/chance/outcomes.ts';
import { parseRfc3339 } from '../../kernel/time/rfc3339.ts';
import type { Pod } from '../objects/kubernetes.ts';
import type { Cycle } from './framework.ts';
import { infoAfter, type NodeInfo } from './nodes/node-info.ts';

/** Pods that were made so shortly one after another are worked off in an order that nobody decides. */
const TOGETHER_MS = 1000;

/** What the draw among the best nodes for a pod is called by. */
export function tieKey({ metadata: { namespace = '', name = '', uid = '' } }: Pod) {
  return ['scheduler tie', namespace, name, uid] as const;
}

/**
 * The cycle as it would be best for a node that somebody has settled: of the pods that came together with
 * this one none is on it yet, those that are settled to go elsewhere are there, and those on their way out
 * are gone from it. If the node is not among the best then either, it never was.
 */
export function bestOrderFor(cycle: Cycle, node: string, outcomes: Outcomes): Cycle {
  const { nodes, pod, objects } = cycle;
  const waiting = objects.listBy<Pod>('node', '').filter((other) => other !== pod && isTogether(pod, other));
  const goesTo = (other: Pod): string | undefined => outcomes[outcomeKey(...tieKey(other))];
  return {
    ...cycle,
    nodes: nodes.map((info) =>
      info.name === node
        ? without(info, (other) => other.metadata.deletionTimestamp !== undefined || isTogether(pod, other))
        : withAll(
            info,
            waiting.filter((other) => goesTo(other) === info.name),
          ),
    ),
  };
}

function isTogether({ metadata: one }: Pod, { metadata: other }: Pod): boolean {
  const [a, b] = [parseRfc3339(one.creationTimestamp ?? ''), parseRfc3339(other.creationTimestamp ?? '')];
  return a !== undefined && b !== undefined && Math.abs(a - b) <= TOGETHER_MS;
}

function without(info: NodeInfo, leaves: (pod: Pod) => boolean): NodeInfo {
  const went = info.pods.filter(leaves);
  if (went.length === 0) return info;
  return infoAfter(info, { pods: info.pods.filter((each) => !leaves(each)), came: [], went });
}

function withAll(info: NodeInfo, came: readonly Pod[]): NodeInfo {
  if (came.length === 0) return info;
  return infoAfter(info, { pods: [...info.pods, ...came], came, went: [] });
}
