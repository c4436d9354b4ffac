import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import { compareText } from '../../objects/json.ts';
import type { DaemonSet, Node, Pod } from '../../objects/kubernetes.ts';
import { isTerminal } from '../../objects/pod-phase.ts';
import { targetNode } from '../../objects/target-node.ts';
import { type Eligibility, eligibilityOf } from './daemon-pods.ts';

export const ACTOR = 'daemonset-controller';

/** What one look at a DaemonSet finds. */
export interface DaemonLook {
  readonly view: View;
  readonly now: Millis;
  readonly set: DaemonSet;
  readonly hash: string;
  readonly nodes: readonly Node[];
  readonly eligibility: ReadonlyMap<string, Eligibility>;
  readonly podsOn: PodsOn;
}

/** Pods by the node that they are on or meant for, the oldest first. */
export type PodsOn = ReadonlyMap<string, readonly Pod[]>;

type Seen = Pick<DaemonLook, 'view' | 'now' | 'set' | 'hash'>;

export function lookAtNodes(seen: Seen, pods: readonly Pod[]): DaemonLook {
  const nodes = seen.view.objects.list<Node>('nodes');
  const eligibility = new Map(
    nodes.map((node) => [node.metadata.name ?? '', eligibilityOf(seen.set, node)] as const),
  );
  return { ...seen, nodes, eligibility, podsOn: podsByNode(pods) };
}

/** Pods that have ended and are on their way out are no matter of the set's any more. */
export function podsByNode(pods: readonly Pod[]): PodsOn {
  const found = new Map<string, Pod[]>();
  for (const pod of pods) {
    const node = targetNode(pod);
    if (node === undefined || (isTerminal(pod) && pod.metadata.deletionTimestamp !== undefined)) continue;
    found.set(node, [...(found.get(node) ?? []), pod]);
  }
  for (const each of found.values()) each.sort(byAge);
  return found;
}

/** Pods that are bound come first, then the oldest (daemon_controller.go podByCreationTimestampAndPhase). */
function byAge(a: Pod, b: Pod): number {
  return (
    Number(!a.spec.nodeName) - Number(!b.spec.nodeName) ||
    compareText(a.metadata.creationTimestamp ?? '', b.metadata.creationTimestamp ?? '') ||
    compareText(a.metadata.name ?? '', b.metadata.name ?? '')
  );
}

export function desiredNodes({ eligibility }: DaemonLook): number {
  return [...eligibility.values()].filter(({ shouldRun }) => shouldRun).length;
}
