import { type Millis, SECOND } from '../../../kernel/time/millis.ts';
import { formatRfc3339, parseRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { Reaction, View } from '../../contract/component.ts';
import type { Node, Taint } from '../../objects/kubernetes.ts';
import { setTaints } from './no-schedule-taints.ts';
import { readyStatus } from './node-health.ts';

const NOT_READY = 'node.kubernetes.io/not-ready';
const UNREACHABLE = 'node.kubernetes.io/unreachable';

/** --unhealthy-zone-threshold, --large-cluster-size-threshold */
const UNHEALTHY_SHARE = 0.55;
const LARGE_ZONE = 50;

/** One node in so long is emptied: --node-eviction-rate 0.1, --secondary-node-eviction-rate 0.01. */
const NORMAL_MS = 10 * SECOND;
const REDUCED_MS = 100 * SECOND;

/** Whether a node's NoExecute taints are not what its readiness asks for. */
export function isTaintDue(node: Node): boolean {
  const wanted = wantedKey(node);
  const has = ownTaints(node).map(({ key }) => key);
  return wanted === undefined ? has.length > 0 : !has.includes(wanted) || has.length > 1;
}

/**
 * Taints a node that is not ready so that its pods go: one node of a zone after the other, fewer where much
 * of the zone is not ready, and none where nothing at all is, since the fault then lies elsewhere.
 */
export function* evictByTaint(
  view: View,
  node: Node,
  { now, isTick }: { readonly now: Millis; readonly isTick: boolean },
): Reaction {
  // A node that has just fallen silent is tainted at once, everything else by the monitor's next pass.
  const isFresh = readyStatus(node) === 'Unknown' && view.settings.version.minor >= 21;
  if (!(isTick || isFresh)) return;
  const wanted = wantedKey(node);
  const nodes = view.objects.list<Node>('nodes');
  if (wanted !== undefined && nodes.every((each) => readyStatus(each) !== 'True')) {
    // Entering master disruption mode (handleDisruption): whoever hears of no node at all is itself cut off.
    for (const each of nodes) yield* takeOwnTaints(each.metadata.name === node.metadata.name ? node : each);
    return;
  }
  if (!isTaintDue(node)) return;
  if (wanted === undefined) {
    yield* takeOwnTaints(node);
    return;
  }
  const others = (node.spec?.taints ?? []).filter((taint) => !isOwn(taint));
  // From one kind of trouble to the other there is no queue (processTaintBaseEviction).
  const isSwap = ownTaints(node).length > 0;
  if (!isSwap && !mayEvict(view, node, nodes, now)) return;
  const timeAdded = formatRfc3339(view.settings.epochMs + now);
  yield* setTaints(node, [...others, { key: wanted, effect: 'NoExecute', timeAdded }]);
}

function* takeOwnTaints(node: Node): Reaction {
  if (ownTaints(node).length === 0) return;
  yield* setTaints(
    node,
    (node.spec?.taints ?? []).filter((taint) => !isOwn(taint)),
  );
}

function wantedKey(node: Node): string | undefined {
  const status = readyStatus(node);
  if (status === 'True') return undefined;
  return status === 'False' ? NOT_READY : UNREACHABLE;
}

function isOwn({ key, effect }: Taint): boolean {
  return effect === 'NoExecute' && (key === NOT_READY || key === UNREACHABLE);
}

const ownTaints = ({ spec }: Node): readonly Taint[] => (spec?.taints ?? []).filter(isOwn);

/** Whether a zone's turn has come again. */
function mayEvict({ settings }: View, node: Node, nodes: readonly Node[], now: Millis): boolean {
  const zone = nodes.filter((each) => zoneOf(each) === zoneOf(node));
  const period = periodOf(zone);
  if (period === undefined) return false;
  const last = Math.max(
    ...zone.flatMap(ownTaints).map(({ timeAdded = '' }) => parseRfc3339(timeAdded) ?? 0),
    0,
  );
  return settings.epochMs + now >= last + period;
}

/** How long a zone's nodes are apart (ComputeZoneState, setLimiterInZone); undefined where none may go. */
function periodOf(zone: readonly Node[]): Millis | undefined {
  const lost = zone.filter((node) => readyStatus(node) !== 'True').length;
  const isPartial = lost < zone.length && lost > 2 && lost / zone.length >= UNHEALTHY_SHARE;
  if (!isPartial) return NORMAL_MS;
  return zone.length > LARGE_ZONE ? REDUCED_MS : undefined;
}

function zoneOf({ metadata: { labels = {} } }: Node): string {
  const region = labels['topology.kubernetes.io/region'] ?? '';
  const zone = labels['topology.kubernetes.io/zone'] ?? '';
  return `${region}/${zone}`;
}
