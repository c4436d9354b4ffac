import type { Node, Pod, TopologySpreadConstraint } from '../../objects/kubernetes.ts';
import {
  type LabelRequirements,
  requirementsOf,
  requirementsOfLabels,
} from '../../objects/label-selector.ts';
import { allowsNode } from '../../objects/node-selection.ts';
import { findUntolerated } from '../../objects/tolerations.ts';
import type { Cycle } from '../framework.ts';
import { defaultSelector } from './default-selector.ts';

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

export type WhenUnsatisfiable = 'DoNotSchedule' | 'ScheduleAnyway';

/** What the scheduler spreads pods by that say nothing of it themselves (plugins/podtopologyspread). */
const SYSTEM_DEFAULTS: readonly TopologySpreadConstraint[] = [
  { topologyKey: HOSTNAME, maxSkew: 3, whenUnsatisfiable: 'ScheduleAnyway' },
  { topologyKey: 'topology.kubernetes.io/zone', maxSkew: 5, whenUnsatisfiable: 'ScheduleAnyway' },
];

/** A pod's constraints of one kind, or the scheduler's own, with what the pod belongs together with. */
export function constraintsOf(
  { pod, profile, objects }: Pick<Cycle, 'pod' | 'profile' | 'objects'>,
  wanted: WhenUnsatisfiable,
): readonly SpreadConstraint[] {
  const { labels = {} } = pod.metadata;
  const own = pod.spec.topologySpreadConstraints ?? [];
  const given = (own.length > 0 ? own : defaultsOf(profile)).filter(
    ({ whenUnsatisfiable }) => whenUnsatisfiable === wanted,
  );
  if (given.length === 0) return [];
  const constraints = given.map((constraint) => spreadConstraint(constraint, labels));
  if (own.length > 0) return constraints;
  const selector = defaultSelector(pod, objects);
  return selector.length === 0 ? [] : constraints.map((constraint) => ({ ...constraint, selector }));
}

/** Whether a pod is spread by what Kubernetes has by default, and nobody has said. */
export function isSystemDefaulted({ pod, profile }: Pick<Cycle, 'pod' | 'profile'>): boolean {
  const own = pod.spec.topologySpreadConstraints ?? [];
  return own.length === 0 && defaultsOf(profile) === SYSTEM_DEFAULTS;
}

function defaultsOf({ args }: Cycle['profile']): readonly TopologySpreadConstraint[] {
  const { defaultingType = 'System', defaultConstraints = [] } = args.PodTopologySpread ?? {};
  return defaultingType === 'List' ? defaultConstraints : SYSTEM_DEFAULTS;
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

/** All that a count by a constraint depends on besides the nodes, in words. */
export function wordsOf(constraints: readonly SpreadConstraint[], of: SpreadConstraint, pod: Pod): string {
  const { nodeSelector, affinity, tolerations } = pod.spec;
  return JSON.stringify([
    constraints.map(({ topologyKey }) => topologyKey),
    of.topologyKey,
    of.selector ?? null,
    pod.metadata.namespace,
    of.honorsAffinity && [
      nodeSelector,
      affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution,
    ],
    of.honorsTaints && [tolerations],
  ]);
}
