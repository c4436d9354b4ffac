import { summarizePod } from '../cluster/clients/kubectl/print/columns/pod-summary.ts';
import type { PrintContext } from '../cluster/clients/kubectl/print/print-context.ts';
import { isConditionTrue } from '../cluster/objects/conditions.ts';
import type { Node, Pod } from '../cluster/objects/kubernetes.ts';
import { milliValue, wholeValue } from '../cluster/objects/quantity.ts';
import { storageKey, storagePrefix } from '../cluster/objects/storage-key.ts';
import type { Millis } from '../kernel/time/millis.ts';
import { parseRfc3339 } from '../kernel/time/rfc3339.ts';
import { type Asked, askedAt } from '../replay/pod-asks.ts';
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
  return shownOf(placesIn(timeline, cursor), { most, selected }).flatMap((place): readonly ClusterRow[] => {
    if (typeof place === 'number') return [{ kind: 'unbound', count: place }];
    const object = tables.objects.read(place.key, cursor);
    if (!object) return [];
    if (place.kind === 'pod') return [{ ...rowOf(object as Pod, context), isNew: place.seq > before }];
    const { name = '' } = object.metadata;
    const isKubeletDown = tables.machines.read(name, cursor)?.kubelet.running === false;
    return [nodeRow(object as Node, loadOf(timeline, name, cursor), isKubeletDown)];
  });
}

/** The etcd keys of all nodes and pods, in the order in which they stand. */
export function clusterKeys(timeline: Timeline, cursor: number): readonly string[] {
  return placesIn(timeline, cursor).flatMap((place) => (typeof place === 'number' ? [] : place.key));
}

function placesIn(timeline: Timeline, cursor: number): readonly Place[] {
  const { objects } = timeline.worldAt(cursor).store.tables;
  const podsOf = (node: string): readonly Place[] =>
    objects.writtenBy('node', node, cursor).map(({ key, seq }) => ({ kind: 'pod', key, seq }));
  const waiting = podsOf('');
  const nodes = objects.writtenBy('resource', NODES, cursor).flatMap(({ key, seq }): readonly Place[] => {
    return [{ kind: 'node', key, seq }, ...podsOf(key.slice(NODES.length))];
  });
  return [...(waiting.length > 0 ? [waiting.length, ...waiting] : []), ...nodes];
}

const NODES = storagePrefix('nodes');

function shownOf(places: readonly Place[], { most, selected }: Room): readonly Place[] {
  if (places.length <= most) return places;
  const at = places.findIndex((place) => typeof place !== 'number' && place.key === selected);
  if (at >= 0) {
    const first = Math.max(0, Math.min(at - Math.floor(most / 2), places.length - most));
    return places.slice(first, first + most);
  }
  const isNode = (place: Place): boolean => typeof place !== 'number' && place.kind === 'node';
  const left = most - places.filter(isNode).length;
  if (left <= 0) return places.filter(isNode).slice(0, most);
  const written = places
    .flatMap((place) => (typeof place === 'number' || isNode(place) ? [] : [place]))
    .sort((a, b) => b.seq - a.seq);
  const latest = new Set<Place>(written.slice(0, left));
  return places.filter((place) => isNode(place) || latest.has(place));
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
