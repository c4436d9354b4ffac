import { sortedKeys } from '../../objects/json.ts';
import type { ContainerPort, Node, Pod } from '../../objects/kubernetes.ts';
import { allowsNode } from '../../objects/node-selection.ts';
import { type Amounts, addLists, amountsOf, isSidecar, podRequests } from '../../objects/pod-resources.ts';
import { ZERO } from '../../objects/quantity.ts';
import { findUntolerated } from '../../objects/tolerations.ts';

/** Why a kubelet does not take a pod that was bound to its node. */
export interface Rejection {
  readonly reason: string;
  readonly message: string;
}

/**
 * The kubelet checks again what the scheduler should have seen. Kubelet: lifecycle/predicate.go, the first
 * that fails.
 */
export function rejectionOf(pod: Pod, node: Node, others: readonly Pod[]): Rejection | undefined {
  return (
    lackOf(pod, node, others) ??
    predicate('NodeAffinity', "node(s) didn't match Pod's node affinity/selector", !allowsNode(pod, node)) ??
    predicate(
      'NodePorts',
      "node(s) didn't have free ports for the requested pod ports",
      hasPortConflict(pod, others),
    ) ??
    predicate('TaintToleration', "node(s) had taints that the pod didn't tolerate", !endures(pod, node))
  );
}

function predicate(reason: string, why: string, fails: boolean): Rejection | undefined {
  return fails ? { reason, message: `Predicate ${reason} failed: ${why}` } : undefined;
}

function endures({ spec }: Pod, node: Node): boolean {
  return findUntolerated(node.spec?.taints, spec.tolerations, ['NoExecute']) === undefined;
}

/** What of a node is not enough for a pod besides others. */
export function lackOf(pod: Pod, node: Node, others: readonly Pod[]): Rejection | undefined {
  const has = amountsOf(node.status?.allocatable);
  const room = Number((has['pods'] ?? ZERO).nano / UNIT);
  if (room > 0 && others.length + 1 > room)
    return lack('pods', { requested: 1, used: others.length, capacity: room });
  const requests = podRequests(pod);
  const names = sortedKeys(requests);
  if (names.length === 0) return undefined;
  const used = others.map(podRequests).reduce<Amounts>(addLists, {});
  for (const name of names) {
    const amount = { requested: units(requests, name), used: units(used, name), capacity: units(has, name) };
    if (amount.requested > 0 && amount.requested + amount.used > amount.capacity) return lack(name, amount);
  }
  return undefined;
}

const UNIT = 1_000_000_000n;
const MILLI = 1_000_000n;

/** Processors in thousandths, everything else in whole units. */
function units(amounts: Amounts, name: string): number {
  return Number((amounts[name] ?? ZERO).nano / (name === 'cpu' ? MILLI : UNIT));
}

interface Lacking {
  readonly requested: number;
  readonly used: number;
  readonly capacity: number;
}

function lack(resource: string, { requested, used, capacity }: Lacking): Rejection {
  const numbers = `requested: ${requested}, used: ${used}, capacity: ${capacity}`;
  return { reason: `OutOf${resource}`, message: `Node didn't have enough resource: ${resource}, ${numbers}` };
}

function hasPortConflict(pod: Pod, others: readonly Pod[]): boolean {
  const taken = others.flatMap(hostPorts);
  return hostPorts(pod).some((port) => taken.some((other) => collide(port, other)));
}

function hostPorts({ spec }: Pod): readonly ContainerPort[] {
  const containers = [...(spec.initContainers ?? []).filter(isSidecar), ...spec.containers];
  return containers.flatMap(({ ports = [] }) => ports.filter(({ hostPort }) => hostPort));
}

function collide(a: ContainerPort, b: ContainerPort): boolean {
  if (a.hostPort !== b.hostPort || (a.protocol ?? 'TCP') !== (b.protocol ?? 'TCP')) return false;
  const [one, other] = [a.hostIP ?? '0.0.0.0', b.hostIP ?? '0.0.0.0'];
  return one === other || one === '0.0.0.0' || other === '0.0.0.0';
}
