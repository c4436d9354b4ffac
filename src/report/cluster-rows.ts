import { summarizePod } from '../cluster/clients/kubectl/print/columns/pod-summary.ts';
import type { PrintContext } from '../cluster/clients/kubectl/print/print-context.ts';
import { isConditionTrue } from '../cluster/objects/conditions.ts';
import { compareText } from '../cluster/objects/json.ts';
import type { Node, Pod } from '../cluster/objects/kubernetes.ts';
import { milliValue, wholeValue } from '../cluster/objects/quantity.ts';
import { storageKey, storagePrefix } from '../cluster/objects/storage-key.ts';
import type { Millis } from '../kernel/time/millis.ts';
import { parseRfc3339 } from '../kernel/time/rfc3339.ts';
import { type Asked, askedAt } from '../replay/pod-asks.ts';
import { type PodState, podState } from '../replay/pod-state.ts';

import type { Timeline } from '../replay/timeline.ts';
import { writtenLast } from '../replay/written-last.ts';

/** How much of something is asked for, of how much there is: cores, or bytes. */
export interface Share {
  readonly used: number;
  readonly of: number;
}

/** A node at an instant, and what its pods ask for. */
export interface NodeRow {
  readonly kind: 'node';
  readonly key: string;
  readonly name: string;
  /** `Ready`, `NotReady`, `Ready,SchedulingDisabled`; as etcd has it. */
  readonly status: string;
  readonly isReady: boolean;
  /** Its machine says otherwise: the kubelet does not run. */
  readonly isKubeletDown: boolean;
  readonly pods: number;
  readonly cpu: Share;
  readonly memory: Share;
}

/** A pod on the node above it, or of those that no node has. */
export interface NodePodRow {
  readonly kind: 'pod';
  readonly key: string;
  readonly namespace: string;
  readonly name: string;
  readonly state: PodState;
  readonly status: string;
  readonly ready: string;
  readonly image: string;
  /** Until it is killed. */
  readonly graceLeftMs?: Millis;
  /** It was written after the place before. */
  readonly isNew: boolean;
}

/** Pods without a node follow. */
interface UnboundRow {
  readonly kind: 'unbound';
  readonly count: number;
}

export type ClusterRow = NodeRow | NodePodRow | UnboundRow;

interface Instant {
  readonly cursor: number;
  readonly clock: Millis;
  /** The place before: what was written after it is new. */
  readonly before: number;
}

/** What of a cluster is shown, and which part of it where there is no room for all. */
interface Room {
  readonly most: number;
  /** The etcd key of what is shown in any case, with what stands around it. */
  readonly selected?: string | undefined;
}

/** What a row is made of, by its etcd key; or the number of pods that wait for a node. */
type Place = { readonly kind: 'node' | 'pod'; readonly key: string; readonly seq: number } | number;

/**
 * The nodes with their pods at an instant, in the order of their names; first the pods that wait for a node.
 * Where there is no room for all, these are the rows around what is selected, or else all nodes and those
 * pods that were written last. There may be ten thousand: only what is shown is looked at.
 */
export function clusterRows(
  timeline: Timeline,
  { cursor, clock, before }: Instant,
  { most, selected }: Room,
): readonly ClusterRow[] {
  const { tables } = timeline.worldAt(cursor).store;
  const settings = tables.settings.read('cluster', cursor);
  const context: PrintContext = {
    now: (settings?.epochMs ?? 0) + clock,
    version: settings?.version ?? { minor: 36, patch: 0 },
  };
  return shownPlaces(timeline, cursor, { most, selected }).flatMap((place): readonly ClusterRow[] => {
    if (typeof place === 'number') return [{ kind: 'unbound', count: place }];
    const object = tables.objects.read(place.key, cursor);
    if (!object) return [];
    if (place.kind === 'pod') return [{ ...rowOf(object as Pod, context), isNew: place.seq > before }];
    const { name = '' } = object.metadata;
    const isKubeletDown = tables.machines.read(name, cursor)?.kubelet.running === false;
    return [nodeRow(object as Node, loadOf(timeline, name, cursor), isKubeletDown)];
  });
}

/** How many rows there are in all. */
export function clusterSize(timeline: Timeline, cursor: number): number {
  return groupsIn(timeline, cursor).at(-1)?.end ?? 0;
}

/** The etcd keys of all nodes and pods, in the order in which they stand. */
export function clusterKeys(timeline: Timeline, cursor: number): readonly string[] {
  const groups = groupsIn(timeline, cursor);
  return placesOf(timeline, cursor, { groups, first: 0, end: Number.POSITIVE_INFINITY }).flatMap((place) =>
    typeof place === 'number' ? [] : place.key,
  );
}

/** A node with its pods, or those that no node has; and how many rows come before it and up to its end. */
interface Group {
  /** Empty for the pods that wait for a node. */
  readonly node: string;
  readonly first: number;
  readonly end: number;
}

/** In the order in which they stand. */
function groupsIn(timeline: Timeline, cursor: number): readonly Group[] {
  const { objects } = timeline.worldAt(cursor).store.tables;
  const groups: Group[] = [];
  const nodes = objects.keysBy('resource', NODES, cursor).map((key) => key.slice(NODES.length));
  for (const node of ['', ...nodes]) {
    const first = groups.at(-1)?.end ?? 0;
    const pods = objects.countBy('node', node, cursor);
    if (node !== '' || pods > 0) groups.push({ node, first, end: first + 1 + pods });
  }
  return groups;
}

/** Some of the places: from one to before another. */
function placesOf(
  timeline: Timeline,
  cursor: number,
  { groups, first, end }: { readonly groups: readonly Group[]; readonly first: number; readonly end: number },
): readonly Place[] {
  const { objects } = timeline.worldAt(cursor).store.tables;
  return groups
    .filter((group) => group.first < end && group.end > first)
    .flatMap((group): readonly Place[] => {
      const pods = objects
        .writtenBy('node', group.node, cursor)
        .map(({ key, seq }): Place => ({ kind: 'pod', key, seq }));
      const head = group.node === '' ? pods.length : nodePlace(group.node);
      return [head, ...pods].slice(Math.max(0, first - group.first), end - group.first);
    });
}

function nodePlace(node: string): Place {
  return { kind: 'node', key: `${NODES}${node}`, seq: 0 };
}

const NODES = storagePrefix('nodes');
const PODS = storagePrefix('pods');

function shownPlaces(timeline: Timeline, cursor: number, { most, selected }: Room): readonly Place[] {
  const groups = groupsIn(timeline, cursor);
  const count = groups.at(-1)?.end ?? 0;
  if (count <= most) return placesOf(timeline, cursor, { groups, first: 0, end: count });
  const at = selected === undefined ? -1 : placeOf(timeline, cursor, { groups, key: selected });
  if (at >= 0) {
    const first = Math.max(0, Math.min(at - Math.floor(most / 2), count - most));
    return placesOf(timeline, cursor, { groups, first, end: first + most });
  }
  const nodes = groups.flatMap(({ node }) => (node === '' ? [] : node));
  const latest = new Map<string, Place[]>();
  const written = [...writtenLast(timeline, { folder: PODS, cursor, most: most - nodes.length })];
  for (const { key, seq } of written.sort((a, b) => compareText(a.key, b.key))) {
    const node = nodeOf(timeline, key, cursor);
    if (node === undefined || (node !== '' && !nodes.includes(node))) continue;
    latest.set(node, [...(latest.get(node) ?? []), { kind: 'pod', key, seq }]);
  }
  const podsOf = (node: string): readonly Place[] => latest.get(node) ?? [];
  return [...podsOf(''), ...nodes.flatMap((node) => [nodePlace(node), ...podsOf(node)])].slice(0, most);
}

/** Where an object stands among the places; -1 where it does not. */
function placeOf(
  timeline: Timeline,
  cursor: number,
  { groups, key }: { readonly groups: readonly Group[]; readonly key: string },
): number {
  const isNode = key.startsWith(NODES);
  const node = isNode ? key.slice(NODES.length) : nodeOf(timeline, key, cursor);
  const group = groups.find((each) => each.node === node);
  if (!group || isNode) return group?.first ?? -1;
  const { objects } = timeline.worldAt(cursor).store.tables;
  const place = objects.keysBy('node', group.node, cursor).indexOf(key);
  return place < 0 ? -1 : group.first + 1 + place;
}

/** The node of a pod, which is empty while it has none; undefined for what is no pod. */
function nodeOf(timeline: Timeline, key: string, cursor: number): string | undefined {
  if (!key.startsWith(PODS)) return undefined;
  const pod = timeline.worldAt(cursor).store.tables.objects.read(key, cursor) as Pod | undefined;
  return pod && (pod.spec.nodeName ?? '');
}

interface Load extends Asked {
  readonly pods: number;
}

/** What the pods of a node ask of it. */
function loadOf({ pods, worldAt }: Timeline, node: string, cursor: number): Load {
  const keys = worldAt(cursor).store.tables.objects.keysBy('node', node, cursor);
  let [milliCpu, bytes] = [0, 0];
  for (const key of keys) {
    const pod = pods.of(key, cursor);
    const asked = pod && askedAt(pod.asks, cursor);
    milliCpu += asked?.milliCpu ?? 0;
    bytes += asked?.bytes ?? 0;
  }
  return { pods: keys.length, milliCpu, bytes };
}

function nodeRow(node: Node, { pods, milliCpu, bytes }: Load, isKubeletDown: boolean): NodeRow {
  const { name = '' } = node.metadata;
  const isReady = isConditionTrue(node.status?.conditions, 'Ready');
  const available = node.status?.allocatable ?? node.status?.capacity ?? {};
  return {
    kind: 'node',
    key: storageKey({ resource: 'nodes', name }),
    name,
    status: `${isReady ? 'Ready' : 'NotReady'}${node.spec?.unschedulable ? ',SchedulingDisabled' : ''}`,
    isReady,
    isKubeletDown,
    pods,
    cpu: { used: milliCpu / 1000, of: milliValue(available['cpu'] ?? '0') / 1000 },
    memory: { used: bytes, of: wholeValue(available['memory'] ?? '0') },
  };
}

function rowOf(pod: Pod, context: PrintContext): Omit<NodePodRow, 'isNew'> {
  const { name = '', namespace = '', deletionTimestamp } = pod.metadata;
  const { status, ready } = summarizePod(pod, context);
  const due = deletionTimestamp === undefined ? undefined : parseRfc3339(deletionTimestamp);
  return {
    kind: 'pod',
    key: storageKey({ resource: 'pods', namespace, name }),
    namespace,
    name,
    state: podState(pod),
    status,
    ready,
    image: [...new Set(pod.spec.containers.map(({ image = '' }) => shortImage(image)))].join(', '),
    ...(due !== undefined && { graceLeftMs: Math.max(0, due - context.now) }),
  };
}

/** Without its registry and the folders there. */
function shortImage(image: string): string {
  return image.slice(image.lastIndexOf('/') + 1);
}
