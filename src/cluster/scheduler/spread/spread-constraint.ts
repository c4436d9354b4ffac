import type { Node, Pod, TopologySpreadConstraint } from '../../objects/kubernetes.ts';
import {
  type LabelRequirements,
  matchesLabels,
  requirementsOf,
  requirementsOfLabels,
} from '../../objects/label-selector.ts';
import { allowsNode } from '../../objects/node-selection.ts';
import { findUntolerated } from '../../objects/tolerations.ts';
import type { NodeInfo } from '../node-info.ts';

/** A topologySpreadConstraint with its defaults and its selector taken apart (plugins/podtopologyspread). */
export interface SpreadConstraint {
  readonly maxSkew: number;
  readonly topologyKey: string;
  /** Undefined selects nothing. */
  readonly selector: LabelRequirements | undefined;
  readonly minDomains: number;
  readonly honorsAffinity: boolean;
  readonly honorsTaints: boolean;
}

export const HOSTNAME = 'kubernetes.io/hostname';

/** The pod's own constraints of one kind. */
export function constraintsOf(
  { spec, metadata }: Pod,
  whenUnsatisfiable: 'DoNotSchedule' | 'ScheduleAnyway',
): readonly SpreadConstraint[] {
  return (spec.topologySpreadConstraints ?? [])
    .filter((constraint) => constraint.whenUnsatisfiable === whenUnsatisfiable)
    .map((constraint) => spreadConstraint(constraint, metadata.labels ?? {}));
}

function spreadConstraint(
  constraint: TopologySpreadConstraint,
  podLabels: Readonly<Record<string, string>>,
): SpreadConstraint {
  const { maxSkew, topologyKey, labelSelector, matchLabelKeys = [], minDomains = 1 } = constraint;
  const own = requirementsOf(labelSelector);
  const fromKeys = matchLabelKeys.flatMap((key) => {
    const value = podLabels[key];
    return value === undefined ? [] : requirementsOfLabels({ [key]: value });
  });
  return {
    maxSkew,
    topologyKey,
    selector: own && [...fromKeys, ...own],
    minDomains,
    honorsAffinity: constraint.nodeAffinityPolicy !== 'Ignore',
    honorsTaints: constraint.nodeTaintsPolicy === 'Honor',
  };
}

/** Whether the pods of a node are counted at all. */
export function countsNode(constraint: SpreadConstraint, pod: Pod, node: Node): boolean {
  if (constraint.honorsAffinity && !allowsNode(pod, node)) return false;
  return (
    !constraint.honorsTaints ||
    !findUntolerated(node.spec?.taints, pod.spec.tolerations, ['NoSchedule', 'NoExecute'])
  );
}

export function hasAllKeys(node: Node, constraints: readonly SpreadConstraint[]): boolean {
  const labels = node.metadata.labels ?? {};
  return constraints.every(({ topologyKey }) => labels[topologyKey] !== undefined);
}

/** Pods of the namespace that the selector means; terminating ones are as good as gone. */
export function countMatching({ pods }: NodeInfo, { selector }: SpreadConstraint, namespace = ''): number {
  if (!selector || selector.length === 0) return 0;
  let count = 0;
  for (const { metadata } of pods) {
    if (metadata.deletionTimestamp !== undefined || metadata.namespace !== namespace) continue;
    if (matchesLabels(selector, metadata.labels)) count++;
  }
  return count;
}
