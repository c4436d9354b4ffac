import type { ObjectReader } from '../contract/reader.ts';
import { derivedOfPair } from '../objects/derived.ts';
import type { Node, Pod } from '../objects/kubernetes.ts';
import { isTerminal } from '../objects/pod-phase.ts';
import {
  added,
  nonZeroRequestsOf,
  numbersOfList,
  type ResourceAmounts,
  requestsOf,
} from './resource-amounts.ts';

/** A node as the scheduler sees it: what it has, and what stands on it. */
export interface NodeInfo {
  readonly node: Node;
  readonly name: string;
  readonly allocatable: ResourceAmounts;
  /** Pods bound to it that have not come to their end; terminating ones still count. */
  readonly pods: readonly Pod[];
  readonly requested: ResourceAmounts;
  /** The same with something for every container that asks for nothing. */
  readonly nonZeroRequested: ResourceAmounts;
}

/** All nodes with their pods, in the order of their names. */
export function nodeInfos(objects: ObjectReader): readonly NodeInfo[] {
  return objects
    .list<Node>('nodes')
    .map((node) => infoOf(objects.listBy<Pod>('node', node.metadata.name ?? ''), node));
}

/** Of all nodes, one or two have changed since the pod before was placed. */
const infoOf = derivedOfPair((pods: readonly Pod[], node: Node) =>
  nodeInfo(
    node,
    pods.filter((pod) => !isTerminal(pod)),
  ),
);

export function nodeInfo(node: Node, pods: readonly Pod[]): NodeInfo {
  const sum = (amountsOf: (pod: Pod) => ResourceAmounts): ResourceAmounts =>
    pods.reduce<ResourceAmounts>((total, pod) => added(total, amountsOf(pod)), {});
  return {
    node,
    name: node.metadata.name ?? '',
    allocatable: numbersOfList(node.status?.allocatable),
    pods,
    requested: sum(requestsOf),
    nonZeroRequested: sum(nonZeroRequestsOf),
  };
}

/** The same node with other pods on it. */
export function withPods({ node }: NodeInfo, pods: readonly Pod[]): NodeInfo {
  return nodeInfo(node, pods);
}
