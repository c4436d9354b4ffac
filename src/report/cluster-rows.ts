import { summarizePod } from '../cluster/clients/kubectl/print/columns/pod-summary.ts';
import type { PrintContext } from '../cluster/clients/kubectl/print/print-context.ts';
import type { ObjectReader } from '../cluster/contract/reader.ts';
import { isConditionTrue } from '../cluster/objects/conditions.ts';
import { derived } from '../cluster/objects/derived.ts';
import type { KubeObject } from '../cluster/objects/kube-object.ts';
import type { Node, Pod } from '../cluster/objects/kubernetes.ts';
import { podRequests } from '../cluster/objects/pod-resources.ts';
import { formatQuantity, milliValue, wholeValue, ZERO } from '../cluster/objects/quantity.ts';
import { storageKey } from '../cluster/objects/storage-key.ts';
import { objectReader } from '../cluster/world/readers.ts';
import type { Millis } from '../kernel/time/millis.ts';
import { parseRfc3339 } from '../kernel/time/rfc3339.ts';
import { type PodState, podState } from '../replay/pod-state.ts';
import type { Timeline } from '../replay/timeline.ts';

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

/** What a row is made of: a node, a pod, or the number of pods that wait for a node. */
type Place = KubeObject | number;

/**
 * The nodes with their pods at an instant, in the order of their names; first the pods that wait for a node.
 * Where there is no room for all, these are the rows around what is selected, or else all nodes and those
 * pods that were written last.
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
  const objects = objectReader({ tables, seq: cursor });
  const places = placesIn(objects);
  return shownOf(places, objects, { most, selected }).map((place) => {
    if (typeof place === 'number') return { kind: 'unbound', count: place };
    if (place.kind !== 'Node') {
      const row = rowOf(place as Pod, context);
      return { ...row, isNew: (objects.changedAt(row.key) ?? 0) > before };
    }
    const { name = '' } = place.metadata;
    const isKubeletDown = tables.machines.read(name, cursor)?.kubelet.running === false;
    return nodeRow(place as Node, objects.listBy<Pod>('node', name), isKubeletDown);
  });
}

/** The etcd keys of all nodes and pods, in the order in which they stand. */
export function clusterKeys(timeline: Timeline, cursor: number): readonly string[] {
  const { tables } = timeline.worldAt(cursor).store;
  const places = placesIn(objectReader({ tables, seq: cursor }));
  return places.flatMap((place) => (typeof place === 'number' ? [] : keyOf(place)));
}

function placesIn(objects: ObjectReader): readonly Place[] {
  const waiting = objects.listBy<Pod>('node', '');
  const places: Place[] = waiting.length > 0 ? [waiting.length, ...waiting] : [];
  for (const node of objects.list<Node>('nodes')) {
    places.push(node);
    for (const pod of objects.listBy<Pod>('node', node.metadata.name ?? '')) places.push(pod);
  }
  return places;
}

function shownOf(
  places: readonly Place[],
  objects: ObjectReader,
  { most, selected }: Room,
): readonly Place[] {
  if (places.length <= most) return places;
  const object = selected === undefined ? undefined : objects.byKey(selected);
  const at = object ? places.indexOf(object) : -1;
  if (at >= 0) {
    const first = Math.max(0, Math.min(at - Math.floor(most / 2), places.length - most));
    return places.slice(first, first + most);
  }
  const isNode = (place: Place): boolean => typeof place !== 'number' && place.kind === 'Node';
  const left = most - places.filter(isNode).length;
  if (left <= 0) return places.filter(isNode).slice(0, most);
  const written = places
    .flatMap((place) =>
      typeof place === 'number' || isNode(place) ? [] : [{ place, seq: seqOf(place, objects) }],
    )
    .sort((a, b) => b.seq - a.seq);
  const latest = new Set<Place>(written.slice(0, left).map(({ place }) => place));
  return places.filter((place) => isNode(place) || latest.has(place));
}

function seqOf(place: KubeObject, objects: ObjectReader): number {
  return objects.changedAt(keyOf(place)) ?? 0;
}

function keyOf({ kind, metadata: { name = '', namespace = '' } }: KubeObject): string {
  return storageKey(kind === 'Node' ? { resource: 'nodes', name } : { resource: 'pods', namespace, name });
}

function nodeRow(node: Node, pods: readonly Pod[], isKubeletDown: boolean): NodeRow {
  const { name = '' } = node.metadata;
  const isReady = isConditionTrue(node.status?.conditions, 'Ready');
  const available = node.status?.allocatable ?? node.status?.capacity ?? {};
  const asked = requestedBy(pods);
  return {
    kind: 'node',
    key: storageKey({ resource: 'nodes', name }),
    name,
    status: `${isReady ? 'Ready' : 'NotReady'}${node.spec?.unschedulable ? ',SchedulingDisabled' : ''}`,
    isReady,
    isKubeletDown,
    pods: pods.length,
    cpu: { used: asked.milliCpu / 1000, of: milliValue(available['cpu'] ?? '0') / 1000 },
    memory: { used: asked.bytes, of: wholeValue(available['memory'] ?? '0') },
  };
}

interface Asked {
  readonly milliCpu: number;
  readonly bytes: number;
}

/** A list is the same one for as long as none of its pods changes. */
const requestedBy = derived((pods: readonly Pod[]): Asked => {
  // A pod that has come to its end asks for nothing more.
  const going = pods.filter(({ status }) => status?.phase !== 'Succeeded' && status?.phase !== 'Failed');
  return going.map(askedBy).reduce(sumOf, { milliCpu: 0, bytes: 0 });
});

const askedBy = derived((pod: Pod): Asked => {
  const amounts = podRequests(pod);
  return {
    milliCpu: milliValue(formatQuantity(amounts['cpu'] ?? ZERO)),
    bytes: wholeValue(formatQuantity(amounts['memory'] ?? ZERO)),
  };
});

function sumOf(a: Asked, b: Asked): Asked {
  return { milliCpu: a.milliCpu + b.milliCpu, bytes: a.bytes + b.bytes };
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
