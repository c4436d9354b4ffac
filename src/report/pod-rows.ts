import { humanDuration } from '../cluster/clients/kubectl/print/age.ts';
import { podColumns } from '../cluster/clients/kubectl/print/columns/pod-columns.ts';
import type { PrintContext } from '../cluster/clients/kubectl/print/print-context.ts';
import type { Pod } from '../cluster/objects/kubernetes.ts';
import { storageKey } from '../cluster/objects/storage-key.ts';
import { objectReader } from '../cluster/world/readers.ts';
import type { World } from '../cluster/world/world.ts';
import type { Millis } from '../kernel/time/millis.ts';
import type { Timeline } from '../replay/timeline.ts';
import { restartsOf, summaries } from './pod-summaries.ts';

/** A pod at an instant: what `kubectl get pods` says of it, and what happened to it last. */
export interface PodRow {
  readonly namespace: string;
  readonly name: string;
  readonly ready: string;
  readonly status: string;
  readonly restarts: string;
  readonly age: string;
  readonly node: string;
  /** `was ContainerCreating 0/1`. */
  readonly change: string;
  /** `3s ago` */
  readonly ago: string;
  /** seq of the entry that changed it. */
  readonly changedAt: number;
}

interface Moment {
  readonly cursor: number;
  readonly clock: Millis;
}

/** A pod that was removed is told of for so long. */
const REMEMBERED_MS = 15_000;

/** The pods in the order of their keys, those that have just been removed among them. */
export function podRows(timeline: Timeline, { cursor, clock }: Moment): readonly PodRow[] {
  const world = timeline.worldAt(cursor);
  const settings = world.store.tables.settings.read('cluster', cursor);
  const context: PrintContext = {
    now: (settings?.epochMs ?? 0) + clock,
    version: settings?.version ?? { minor: 36, patch: 0 },
  };
  const position = { tables: world.store.tables, seq: cursor };
  const present = objectReader(position)
    .list<Pod>('pods')
    .map((pod) => rowOf(pod, lastChange(pod, world), context));
  const rows = [...present, ...removedRows(timeline, { cursor, clock }, context)];
  return rows
    .map(({ changedAt, ...row }) => ({ ...row, changedAt, ago: agoText(clock - timeline.timeOf(changedAt)) }))
    .sort((a, b) => compare(a.namespace, b.namespace) || compare(a.name, b.name));
}

type Change = Pick<PodRow, 'change' | 'changedAt'>;

function rowOf(pod: Pod, change: Change, context: PrintContext): Omit<PodRow, 'ago'> {
  const cells = new Map(podColumns.map(({ name, cell }) => [name, String(cell(pod, context) ?? '')]));
  return {
    namespace: pod.metadata.namespace ?? '',
    name: pod.metadata.name ?? '',
    ready: cells.get('Ready') ?? '',
    status: cells.get('Status') ?? '',
    restarts: cells.get('Restarts') ?? '',
    age: cells.get('Age') ?? '',
    node: pod.spec.nodeName ?? '',
    ...change,
  };
}

/** Back through the pod's versions to the last one that a reader could tell from the one before. */
function lastChange(pod: Pod, world: World): Change {
  const { objects } = world.store.tables;
  const key = keyOf(pod);
  let changedAt = objects.changedAt(key, world.seq) ?? 0;
  for (;;) {
    const after = objects.read(key, changedAt) as Pod | undefined;
    const before = objects.read(key, changedAt - 1) as Pod | undefined;
    if (!after || !before) return { change: 'new', changedAt };
    const change = wasText(before, after, world);
    if (change !== undefined) return { change, changedAt };
    const earlier = objects.changedAt(key, changedAt - 1);
    if (earlier === undefined || earlier >= changedAt) return { change: 'new', changedAt };
    changedAt = earlier;
  }
}

/** What of the row was otherwise before. */
function wasText(before: Pod, after: Pod, world: World): string | undefined {
  const { old, now } = summaries(before, after, world);
  const restarts = restartsOf(before);
  const was = [
    ...(old.status === now.status ? [] : [old.status]),
    ...(old.ready === now.ready ? [] : [old.ready]),
    ...(restarts === restartsOf(after) ? [] : [`${restarts} ${restarts === 1 ? 'restart' : 'restarts'}`]),
  ];
  if (was.length > 0) return `was ${was.join(' ')}`;
  return after.spec.nodeName && !before.spec.nodeName ? `bound to ${after.spec.nodeName}` : undefined;
}

function* removedRows(
  timeline: Timeline,
  { cursor, clock }: Moment,
  context: PrintContext,
): Generator<Omit<PodRow, 'ago'>> {
  const { tables } = timeline.worldAt(cursor).store;
  for (let seq = cursor; seq > 0 && timeline.timeOf(seq) >= clock - REMEMBERED_MS; seq--) {
    const event = timeline.entries[seq - 1]?.event;
    if (event?.type !== 'ObjectDeleted' || event.resource !== 'pods') continue;
    const pod = tables.objects.read(event.key, seq - 1) as Pod | undefined;
    const isBack = tables.objects.read(event.key, cursor) !== undefined;
    if (!pod || isBack) continue;
    const row = rowOf(pod, { change: 'removed', changedAt: seq }, context);
    yield { ...row, ready: '-', status: 'gone', age: '-' };
  }
}

function keyOf({ metadata: { name = '', namespace = '' } }: Pod): string {
  return storageKey({ resource: 'pods', namespace, name });
}

function agoText(ms: Millis): string {
  return ms < 1000 ? 'now' : `${humanDuration(ms)} ago`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
