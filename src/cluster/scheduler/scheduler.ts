import type { Millis } from '../../kernel/time/millis.ts';
import type { Change } from '../contract/api-event.ts';
import type { Address, Component, Delivery, Reaction, View, Wake } from '../contract/component.ts';
import type { ObjectReader, RowReader } from '../contract/reader.ts';
import type { ClusterSettings } from '../contract/settings.ts';
import { DEVICE_CLAIMS, DEVICE_CLASSES, DEVICE_SLICES } from '../objects/devices/device-claims.ts';
import type { Pod } from '../objects/kubernetes.ts';
import { inVersion } from '../objects/versions.ts';
import { waitsForDeviceClaims } from './devices/claims-of-pod.ts';
import { backedOffUntil, leftOverAt, RETRIES_ON_VERDICT, takenUpAt } from './queue/back-off.ts';
import { helpedPods } from './queue/helped-pods.ts';
import { newsOf } from './queue/news.ts';
import { goOn, schedule } from './schedule.ts';
import { reservedUntil } from './volumes/reserve.ts';
import { waitingUnder } from './waiting.ts';

const ACTOR = 'scheduler';

/** How long one pod takes where several are tried in a row: who came first goes first (queue: Less). */
const TURN_MS = 1;

/**
 * Finds a node for every pod that has none. A look is at one pod. A pod that no node can take waits until
 * something happens that may change that; then those that wait are tried in the order of the queue. What it
 * bound it knows at once, as the real one assumes.
 */
export const scheduler: Component = {
  name: ACTOR,
  watches: [
    'pods',
    'nodes',
    'persistentvolumeclaims',
    'persistentvolumes',
    'storageclasses.storage.k8s.io',
    DEVICE_CLAIMS,
    DEVICE_CLASSES,
    DEVICE_SLICES,
  ],
  assumes: true,
  deliveriesOf,
  *addresses({ rows }) {
    for (const { podKey } of rows.rowsBy('scheduling', 'all', '')) yield { actor: ACTOR, key: podKey };
  },
  reconcile,
  wake,
};

function* deliveriesOf(change: Change, rows: RowReader, objects: ObjectReader): Generator<Delivery> {
  yield { actor: ACTOR };
  if (change.resource === 'pods' && isOfInterest(change, rows))
    yield { actor: ACTOR, key: change.key, turn: TURN_MS };
  for (const [index, key] of helpedPods(newsOf(change), rows, objects).entries()) {
    yield { actor: ACTOR, key, after: index * TURN_MS };
  }
}

/** Of a pod without a node: that it is there, or gone, or another than it was. */
function isOfInterest(change: Change, rows: RowReader): boolean {
  const { key, object, type } = change;
  if (type === 'DELETED') return rows.row('scheduling', key) !== undefined;
  const settings = rows.row('settings', 'cluster');
  if (!settings || !waitingUnder(object as Pod, settings)) return false;
  return isNews(change) || isVerdict(change, settings);
}

/**
 * A pod that only got the scheduler's own verdict is not news (scheduler: eventhandlers.go, isPodUpdated).
 */
function isNews({ before, object }: Change): boolean {
  const [old, now] = [before as Pod | undefined, object as Pod];
  const { deletionTimestamp, labels, annotations } = now.metadata;
  return (
    old?.spec !== now.spec ||
    old.metadata.deletionTimestamp !== deletionTimestamp ||
    old.metadata.labels !== labels ||
    old.metadata.annotations !== annotations ||
    old.status?.resourceClaimStatuses !== now.status?.resourceClaimStatuses
  );
}

function isVerdict({ before, object }: Change, { version }: ClusterSettings): boolean {
  if (!inVersion(RETRIES_ON_VERDICT, version)) return false;
  const has = ({ status }: Pod): boolean =>
    status?.conditions?.some(({ type }) => type === 'PodScheduled') ?? false;
  return has(object as Pod) && !has(before as Pod);
}

function* reconcile(view: View, { key }: Address, now: Millis): Reaction {
  const pod = view.objects.byKey<Pod>(key);
  const row = view.rows.row('scheduling', key);
  const profile = pod && waitingUnder(pod, view.settings);
  if (!profile) {
    if (row) yield { type: 'SchedulingForgotten', podKey: key };
    return;
  }
  const { version } = view.settings;
  if (!row && waitsForDeviceClaims({ pod, objects: view.objects, version })) return;
  const isOwn = row?.uid === pod.metadata.uid;
  if (row?.reserved && isOwn && pod.metadata.deletionTimestamp === undefined) {
    yield* goOn(view, pod, row, { key, now, profile });
    return;
  }
  if (row && isOwn) {
    const until = backedOffUntil(row, view.settings);
    if (now < until) {
      if (row.retryAt !== undefined) return;
      yield { type: 'SchedulingBackedOff', podKey: key, until: takenUpAt(until, view.chance) };
      return;
    }
  }
  yield* schedule(view, pod, { key, now, profile });
}

/** A pod is tried again when it has backed off, or has waited for long. */
function wake({ rows }: View, { key }: Address, from: Millis): Wake | undefined {
  const row = rows.row('scheduling', key);
  if (!row) return undefined;
  const at = row.reserved ? reservedUntil(row) : (row.retryAt ?? leftOverAt(row));
  return { at: Math.max(at, from), cause: rows.changedAt('scheduling', key) };
}
