import { drawWhole } from '../../kernel/chance/draw.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import type { View } from '../contract/component.ts';
import type { AutoscalerSettings } from '../contract/settings.ts';
import type { Pod } from '../objects/kubernetes.ts';
import type { NodeInfo } from '../scheduler/nodes/node-info.ts';
import { requestsOf } from '../scheduler/nodes/resource-amounts.ts';
import { nodeToCome } from './new-nodes.ts';
import type { Group } from './node-groups.ts';
import { refusalOn, withPod } from './simulated-nodes.ts';

/** A way to make room: so many nodes more of a group, and the pods that they would take. */
export interface Expansion {
  readonly group: Group;
  readonly more: number;
  readonly pods: readonly Pod[];
  /** The share of their processors and memory that would stay unused, added up. */
  readonly waste: number;
}

/** A group and what keeps it from helping a pod. */
export interface NoExpansion {
  readonly group: Group;
  readonly pod: Pod;
  readonly reasons: readonly string[];
}

/**
 * What a group could do for pods: nodes are added for them one after another, the largest pods first
 * (cluster-autoscaler: estimator/binpacking_estimator.go).
 */
export function expansionOf(
  view: View,
  { group, nodes }: { readonly group: Group; readonly nodes: readonly NodeInfo[] },
  pods: readonly Pod[],
): { readonly expansion?: Expansion; readonly refused: readonly NoExpansion[] } {
  const { settings, machines, everHad } = group;
  const room = settings.max - machines.length;
  if (room <= 0) {
    const reasons = ['max node group size reached'];
    return { refused: pods.map((pod) => ({ group, pod, reasons })) };
  }
  const template = nodeToCome(view, settings, everHad + 1);
  const refused: NoExpansion[] = [];
  const taken: Pod[] = [];
  let then: readonly NodeInfo[] = nodes;
  let more = 0;
  for (const pod of largestFirst(pods, template)) {
    const reasons = refusalOn(view, [...nodes, template], { pod, place: nodes.length });
    if (reasons) {
      refused.push({ group, pod, reasons });
      continue;
    }
    const grown = more < room ? [...then, nodeToCome(view, settings, everHad + more + 1)] : then;
    const place = grown.findIndex(
      (_, index) => index >= nodes.length && !refusalOn(view, grown, { pod, place: index }),
    );
    if (place < 0) continue;
    if (place === then.length) more += 1;
    then = withPod(place === then.length ? grown : then, place, pod);
    taken.push(pod);
  }
  if (taken.length === 0) return { refused };
  return { expansion: { group, more, pods: taken, waste: wasteOf(then.slice(nodes.length)) }, refused };
}

/** By what they ask for in shares of a node, as the estimator scores them. */
function largestFirst(pods: readonly Pod[], { allocatable }: NodeInfo): readonly Pod[] {
  const sizeOf = (pod: Pod): number => {
    const asked = requestsOf(pod);
    return SIZED.reduce((sum, name) => sum + (asked[name] ?? 0) / (allocatable[name] || 1), 0);
  };
  return pods.toSorted((a, b) => sizeOf(b) - sizeOf(a));
}

const SIZED = ['cpu', 'memory'];

/** expander/waste: what would be wasted of each resource, added up. */
function wasteOf(nodes: readonly NodeInfo[]): number {
  const total = (of: (info: NodeInfo) => number): number => nodes.reduce((sum, info) => sum + of(info), 0);
  return SIZED.reduce((sum, name) => {
    const there = total(({ allocatable }) => allocatable[name] ?? 0);
    return there === 0 ? sum : sum + (there - total(({ requested }) => requested[name] ?? 0)) / there;
  }, 0);
}

/** Which of several ways is taken; a draw decides between equals. */
export function chooseExpansion(
  { chance }: View,
  expander: AutoscalerSettings['expander'],
  { options, now }: { readonly options: readonly Expansion[]; readonly now: Millis },
): Expansion | undefined {
  const costOf = ({ waste, pods }: Expansion): number =>
    expander === 'least-waste' ? waste : expander === 'most-pods' ? -pods.length : 0;
  const least = Math.min(...options.map(costOf));
  const best = options.filter((option) => costOf(option) === least);
  return best.length > 1 ? best[drawWhole(chance, 0, best.length - 1, 'expander', now)] : best[0];
}
