import { compareText } from '../../objects/json.ts';
import type { Node } from '../../objects/kubernetes.ts';

/**
 * The order in which nodes are looked at: a node of each zone in turn, the zones as they were first seen, the
 * nodes of a zone as they came (scheduler: backend/cache/node_tree.go).
 */
export function nodeOrder(nodes: readonly Node[]): readonly Node[] {
  const zones = new Map<string, Node[]>();
  for (const node of nodes.toSorted(byArrival)) {
    const zone = zoneOf(node);
    const known = zones.get(zone);
    if (known) known.push(node);
    else zones.set(zone, [node]);
  }
  const [only, ...others] = zones.values();
  if (others.length === 0) return only ?? [];
  const ordered: Node[] = [];
  for (let place = 0; ordered.length < nodes.length; place++) {
    for (const zone of zones.values()) {
      const node = zone[place];
      if (node) ordered.push(node);
    }
  }
  return ordered;
}

/** Whether a node keeps its place in the order. */
export function isPlacedAs(a: Node, b: Node): boolean {
  return (
    a.metadata.name === b.metadata.name &&
    a.metadata.creationTimestamp === b.metadata.creationTimestamp &&
    zoneOf(a) === zoneOf(b)
  );
}

function byArrival(a: Node, b: Node): number {
  return (
    compareText(a.metadata.creationTimestamp ?? '', b.metadata.creationTimestamp ?? '') ||
    compareText(a.metadata.name ?? '', b.metadata.name ?? '')
  );
}

/**
 * component-helpers: node/topology GetZoneKey; the older labels are still honoured, and take precedence not.
 */
function zoneOf({ metadata: { labels = {} } }: Node): string {
  const of = (kind: 'region' | 'zone'): string =>
    labels[`topology.kubernetes.io/${kind}`] ?? labels[`failure-domain.beta.kubernetes.io/${kind}`] ?? '';
  return `${of('region')}\u0000${of('zone')}`;
}
