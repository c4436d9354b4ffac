import type { ContainerPort, Node, Pod } from '../../objects/kubernetes.ts';
import { hostPortsOf } from './host-ports.ts';
import {
  allocatableOf,
  nonZeroRequestsOf,
  type ResourceAmounts,
  requestsOf,
  totalAfter,
  totalOf,
} from './resource-amounts.ts';

/** A node as the scheduler sees it: what it has, and what stands on it. */
export interface NodeInfo {
  readonly node: Node;
  readonly name: string;
  readonly allocatable: ResourceAmounts;
  /** Pods bound to it that have not come to their end; terminating ones still count. */
  readonly pods: readonly Pod[];
  /** Ports of the host that they hold. */
  readonly hostPorts: readonly ContainerPort[];
  readonly requested: ResourceAmounts;
  /** The same with something for every container that asks for nothing. */
  readonly nonZeroRequested: ResourceAmounts;
}

interface Difference {
  readonly pods: readonly Pod[];
  readonly came: readonly Pod[];
  readonly went: readonly Pod[];
}

/** The same node with other pods. */
export function infoAfter(before: NodeInfo, { pods, came, went }: Difference): NodeInfo {
  const { node, name, allocatable, hostPorts, requested, nonZeroRequested } = before;
  const keepsPorts = !came.some(holdsPorts) && !went.some(holdsPorts);
  return {
    node,
    name,
    allocatable,
    pods,
    hostPorts: keepsPorts ? hostPorts : pods.flatMap(hostPortsOf),
    requested: totalAfter(requested, requestsOf, { came, went }),
    nonZeroRequested: totalAfter(nonZeroRequested, nonZeroRequestsOf, { came, went }),
  };
}

const holdsPorts = (pod: Pod): boolean => hostPortsOf(pod).length > 0;

export function nodeInfo(node: Node, pods: readonly Pod[]): NodeInfo {
  return {
    node,
    name: node.metadata.name ?? '',
    allocatable: allocatableOf(node),
    pods,
    hostPorts: pods.flatMap(hostPortsOf),
    requested: totalOf(pods, requestsOf),
    nonZeroRequested: totalOf(pods, nonZeroRequestsOf),
  };
}
