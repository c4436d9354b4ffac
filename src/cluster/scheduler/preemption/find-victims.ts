import type { Pod, PodDisruptionBudget } from '../../objects/kubernetes.ts';
import { matchesLabels, requirementsOf } from '../../objects/label-selector.ts';
import { refusalAt } from '../filter-nodes.ts';
import type { Cycle } from '../framework.ts';
import { tryOut } from '../nodes/tally.ts';
import { byImportance, priorityOf } from '../priority.ts';

/** Pods whose going would make room on a node. */
export interface Victims {
  readonly node: string;
  /** The most important first. */
  readonly pods: readonly Pod[];
  /** How many of them a disruption budget would keep. */
  readonly violations: number;
}

/** Why no pods of a node can make room. */
export interface NoVictims {
  readonly reasons: readonly string[];
}

/**
 * The fewest less important pods whose going lets the pod in (scheduler: plugins/defaultpreemption
 * SelectVictimsOnNode): all are taken away, and as many put back as still fit, those that a budget protects
 * first, and the important before the others.
 */
export function findVictims(
  cycle: Cycle,
  place: number,
  budgets: readonly PodDisruptionBudget[],
): Victims | NoVictims {
  const info = cycle.nodes[place];
  if (!info) return { reasons: [] };
  const lower = info.pods.filter((pod) => priorityOf(pod) < priorityOf(cycle.pod)).sort(byImportance);
  if (lower.length === 0) return { reasons: ['No preemption victims found for incoming pod'] };
  let staying = info.pods.filter((pod) => !lower.includes(pod));
  const refusal = refusalWith(cycle, place, staying);
  if (refusal) return refusal;
  const [protectedPods, others] = byBudget(lower, budgets);
  const victims: Pod[] = [];
  let violations = 0;
  for (const pod of [...protectedPods, ...others]) {
    if (refusalWith(cycle, place, [...staying, pod])) {
      victims.push(pod);
      if (protectedPods.includes(pod)) violations++;
    } else {
      staying = [...staying, pod];
    }
  }
  return { node: info.name, pods: victims.sort(byImportance), violations };
}

function refusalWith(cycle: Cycle, place: number, pods: readonly Pod[]): NoVictims | undefined {
  const info = cycle.nodes[place];
  if (!info) return { reasons: [] };
  const nodes = tryOut(cycle.nodes, new Map([[place, { node: info.node, pods }]]));
  return refusalAt({ ...cycle, nodes }, place);
}

/** Pods whose going would break a budget, and the others, each in the order given. */
function byBudget(pods: readonly Pod[], budgets: readonly PodDisruptionBudget[]): readonly [Pod[], Pod[]] {
  const left = budgets.map(({ status }) => status?.disruptionsAllowed ?? 0);
  const kept: Pod[] = [];
  const others: Pod[] = [];
  for (const pod of pods) {
    let isKept = false;
    for (const [index, budget] of budgets.entries()) {
      if (!covers(budget, pod)) continue;
      const allowed = (left[index] ?? 0) - 1;
      left[index] = allowed;
      isKept ||= allowed < 0;
    }
    (isKept ? kept : others).push(pod);
  }
  return [kept, others];
}

/** A budget that has counted the pod as disrupted already does not count it again. */
function covers({ metadata, spec, status }: PodDisruptionBudget, { metadata: pod }: Pod): boolean {
  if (metadata.namespace !== pod.namespace || status?.disruptedPods?.[pod.name ?? ''] !== undefined)
    return false;
  const requirements = requirementsOf(spec?.selector);
  return requirements !== undefined && requirements.length > 0 && matchesLabels(requirements, pod.labels);
}
