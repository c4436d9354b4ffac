import { inVersion, type Since } from '../../objects/versions.ts';
import type { Cycle } from '../cycle.ts';
import type { NodeInfo } from '../node-info.ts';
import { defaultSelector } from '../spread/default-selector.ts';
import { naturalLog } from '../spread/natural-log.ts';
import {
  constraintsOf,
  countMatching,
  countsNode,
  HOSTNAME,
  hasAllKeys,
  type SpreadConstraint,
} from '../spread/spread-constraint.ts';
import type { Score } from './score.ts';

const ZONE = 'topology.kubernetes.io/zone';

/**
 * Whether a node without the domains of the *default* constraints is left out: clusters without zones were
 * not spread at all (`groundtruth` 1.20, 3.7; scheduler: plugins/podtopologyspread, systemDefaulted).
 */
const DEFAULTS_NEED_ALL_KEYS: Since<boolean> = [
  [0, true],
  [21, false],
];

/**
 * The fewer of the same pods in a node's domains the better (scheduler:
 * plugins/podtopologyspread/scoring.go). A pod that says nothing is spread over nodes and zones with those
 * that its Services and its controller select.
 */
export const spreadPreference: Score = {
  name: 'PodTopologySpread',
  weight: [[0, 2]],
  scores(cycle, infos) {
    const constraints = softConstraints(cycle);
    if (constraints.length === 0) return undefined;
    const needsAllKeys =
      (cycle.pod.spec.topologySpreadConstraints ?? []).length > 0 ||
      inVersion(DEFAULTS_NEED_ALL_KEYS, cycle.version);
    const isLeftOut = ({ node }: NodeInfo): boolean => needsAllKeys && !hasAllKeys(node, constraints);
    const counted = infos.filter((info) => !isLeftOut(info));
    const others = cycle.nodes.filter((info) => !isLeftOut(info));
    const parts = constraints.map((constraint) => partOf(constraint, cycle, { counted, others }));
    const sums = infos.map((info) =>
      isLeftOut(info) ? undefined : Math.round(parts.reduce((sum, part) => sum + part(info), 0)),
    );
    return normalized(sums);
  },
};

function softConstraints({ pod, objects }: Cycle): readonly SpreadConstraint[] {
  if ((pod.spec.topologySpreadConstraints ?? []).length > 0) return constraintsOf(pod, 'ScheduleAnyway');
  const selector = defaultSelector(pod, objects);
  if (selector.length === 0) return [];
  const common = { selector, minDomains: 1, honorsAffinity: true, honorsTaints: false };
  return [
    { ...common, topologyKey: HOSTNAME, maxSkew: 3 },
    { ...common, topologyKey: ZONE, maxSkew: 5 },
  ];
}

interface Nodes {
  /** Nodes that can take the pod: their domains are compared. */
  readonly counted: readonly NodeInfo[];
  /** Nodes whose pods count. */
  readonly others: readonly NodeInfo[];
}

/** What one constraint adds to a node's sum. */
function partOf(
  constraint: SpreadConstraint,
  { pod }: Cycle,
  { counted, others }: Nodes,
): (info: NodeInfo) => number {
  const { topologyKey, maxSkew } = constraint;
  const { namespace } = pod.metadata;
  const labelOf = ({ node }: NodeInfo): string | undefined => node.metadata.labels?.[topologyKey];
  const score = (count: number, domains: number): number => count * naturalLog(domains + 2) + maxSkew - 1;
  if (topologyKey === HOSTNAME) {
    return (info) =>
      labelOf(info) === undefined ? 0 : score(countMatching(info, constraint, namespace), counted.length);
  }
  // Nodes without the label share a domain of their own, which weighs but is not scored.
  const counts = new Map<string, number>();
  for (const info of counted) counts.set(labelOf(info) ?? '', 0);
  for (const info of others) {
    const domain = labelOf(info) ?? '';
    const count = counts.get(domain);
    if (count === undefined || !countsNode(constraint, pod, info.node)) continue;
    counts.set(domain, count + countMatching(info, constraint, namespace));
  }
  return (info) => {
    const domain = labelOf(info);
    return domain === undefined ? 0 : score(counts.get(domain) ?? 0, counts.size);
  };
}

function normalized(sums: readonly (number | undefined)[]): readonly number[] {
  const known = sums.filter((sum) => sum !== undefined);
  const least = Math.min(...known);
  const most = Math.max(0, ...known);
  return sums.map((sum) => {
    if (sum === undefined) return 0;
    return most === 0 ? 100 : Math.trunc((100 * (most + least - sum)) / most);
  });
}
