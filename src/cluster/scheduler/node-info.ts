import type { ObjectReader } from '../contract/reader.ts';
import type { Node, Pod } from '../objects/kubernetes.ts';
import { isTerminal } from '../objects/pod-phase.ts';
import { added, numbersOfList, type ResourceAmounts, requestsOf } from './resource-amounts.ts';

/** A node as the scheduler sees it: what it has, and what stands on it. */
export interface NodeInfo {
  readonly node: Node;
  readonly name: string;
  readonly allocatable: ResourceAmounts;
  /** Pods bound to it that have not come to their end; terminating ones still count. */
  readonly pods: readonly Pod[];
  readonly requested: ResourceAmounts;
}

/** All nodes with their pods, in the order of their names. */
export function nodeInfos(objects: ObjectReader): readonly NodeInfo[] {
  return objects.list<Node>('nodes').map((node) => {
    const name = node.metadata.name ?? '';
    const pods = objects.listBy<Pod>('node', name).filter((pod) => !isTerminal(pod));
    const requested = pods.reduce<ResourceAmounts>((sum, pod) => added(sum, requestsOf(pod)), {});
    return { node, name, allocatable: numbersOfList(node.status?.allocatable), pods, requested };
  });
}
