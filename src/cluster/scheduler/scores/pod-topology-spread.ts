import type { Node } from '../../objects/kubernetes.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import type { Cycle, Score } from '../framework.ts';
import { perNode, podsPerNode } from '../nodes/per-node.ts';
import { tallyOf } from '../nodes/tally.ts';
import { counting } from '../spread/counting.ts';
import { naturalLog } from '../spread/natural-log.ts';
import {
  constraintsOf,
  countsNode,
  HOSTNAME,
  hasAllKeys,
  isSystemDefaulted,
  type SpreadConstraint,
  wordsOf,
} from '../spread/spread-constraint.ts';

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
  scores(cycle, places) {
    const constraints = constraintsOf(cycle, 'ScheduleAnyway');
    if (constraints.length === 0) return undefined;
    const { nodes, version } = cycle;
    const needsAllKeys = !isSystemDefaulted(cycle) || inVersion(DEFAULTS_NEED_ALL_KEYS, version);
    const keys = constraints.map(({ topologyKey }) => topologyKey);
    const isLeftOut = needsAllKeys
      ? perNode(nodes, `lacks ${keys.join()}`, ({ node }) => !hasAllKeys(node, constraints))
      : () => false;
    const compared = needsAllKeys ? places.filter((place) => !isLeftOut(place)) : places;
    const parts = constraints.map((constraint) =>
      partOf(cycle, { constraint, constraints, compared, needsAllKeys }),
    );
    const sums = places.map((place) => {
      if (isLeftOut(place)) return undefined;
      let sum = 0;
      for (const part of parts) sum += part(place);
      return Math.round(sum);
    });
    return { raw: sums.map((sum) => sum ?? 0), normalized: normalized(sums) };
  },
};

interface Part {
  readonly constraint: SpreadConstraint;
  /** It, and the others. */
  readonly constraints: readonly SpreadConstraint[];
  /** Nodes that can take the pod: their domains are compared. */
  readonly compared: readonly number[];
  /** Whether the pods of a node count that lacks the domain of one of them. */
  readonly needsAllKeys: boolean;
}

/** What one constraint adds to the sum of the node at a place. */
function partOf(
  { pod, nodes }: Cycle,
  { constraint, constraints, compared, needsAllKeys }: Part,
): (place: number) => number {
  const { topologyKey, maxSkew, selector } = constraint;
  const isCounted = counting({ selector, namespace: pod.metadata.namespace ?? '' });
  const words = wordsOf(constraints, constraint, pod);
  const labelOf = ({ metadata }: Node): string | undefined => metadata.labels?.[topologyKey];
  const domainAt = perNode(nodes, `label ${topologyKey}`, ({ node }) => labelOf(node) ?? null);
  if (topologyKey === HOSTNAME) {
    const weight = naturalLog(compared.length + 2);
    const countAt = podsPerNode(nodes, `on each node ${words}`, isCounted);
    return (place) => (domainAt(place) === null ? 0 : countAt(place) * weight + maxSkew - 1);
  }
  // Nodes without the label share a domain of their own, which weighs but is not scored.
  const domains = new Set<string | null>();
  for (const place of compared) domains.add(domainAt(place));
  const weight = naturalLog(domains.size + 2);
  const comes = (node: Node): boolean =>
    (!needsAllKeys || hasAllKeys(node, constraints)) && countsNode(constraint, pod, node);
  const counts = tallyOf(nodes, `liked apart ${needsAllKeys} ${words}`, {
    ofPod: (other, node, add) => (isCounted(other) && comes(node) ? add(labelOf(node) ?? '', 1) : undefined),
  });
  const parts = new Map<string | null, number>([[null, 0]]);
  for (const domain of domains) {
    if (domain !== null) parts.set(domain, (counts.get(domain) ?? 0) * weight + maxSkew - 1);
  }
  return (place) => parts.get(domainAt(place)) ?? 0;
}

function normalized(sums: readonly (number | undefined)[]): readonly number[] {
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  for (const sum of sums) {
    if (sum === undefined) continue;
    least = Math.min(least, sum);
    most = Math.max(most, sum);
  }
  return sums.map((sum) => {
    if (sum === undefined) return 0;
    return most === 0 ? 100 : Math.trunc((100 * (most + least - sum)) / most);
  });
}
