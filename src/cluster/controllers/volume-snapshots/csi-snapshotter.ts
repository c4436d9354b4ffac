import { drawWhole } from '../../../kernel/chance/draw.ts';
import type { Millis } from '../../../kernel/time/millis.ts';
import type { Component, Delivery, Reaction, View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { PersistentVolume } from '../../objects/kubernetes.ts';
import { wholeValue } from '../../objects/quantity.ts';
import { storageKey } from '../../objects/storage-key.ts';
import {
  CONTENTS,
  diskFileSystem,
  snapshotFileSystem,
  type VolumeSnapshotContent,
} from '../../objects/volume-snapshots.ts';
import { copyFiles } from '../shared/copy-files.ts';
import { concernedByPuttingOff, putOff, putOffTo, wakeFromPuttingOff } from '../shared/put-off.ts';
import { withFinalizers } from './snapshot-life.ts';

const ACTOR = 'csi-snapshotter';

/** Until a cloud's snapshot is ready to be read, and until it is gone. */
const [TAKING_MS, REMOVING_MS] = [[1200, 4000] as const, [200, 900] as const];

const FINALIZER = 'snapshot.storage.kubernetes.io/volumesnapshotcontent-bound-protection';
type Content = VolumeSnapshotContent & KubeObject;

/**
 * Takes snapshots and removes them, as the helper of every driver does (external-snapshotter:
 * sidecar-controller/snapshot_controller.go). What a disk holds when it begins is what the snapshot holds.
 */
export const csiSnapshotter: Component = {
  name: ACTOR,
  watches: [CONTENTS],
  assumes: true,
  *deliveriesOf({ key, type }) {
    if (type !== 'DELETED') yield { actor: ACTOR, key };
  },
  ...concernedByPuttingOff(ACTOR),
  *addresses({ objects }): Generator<Delivery & { readonly key: string }> {
    for (const { metadata } of objects.list<Content>(CONTENTS))
      yield { actor: ACTOR, key: storageKey({ resource: CONTENTS, name: metadata.name ?? '' }) };
  },
  reconcile: (view, { key }, now) => sync(view, key, now),
  wake: wakeFromPuttingOff,
};

function* sync(view: View, key: string, now: Millis): Reaction {
  const content = view.objects.byKey<Content>(key);
  if (!content) return;
  const { deletionTimestamp, finalizers = [] } = content.metadata;
  if (deletionTimestamp !== undefined) {
    if (!finalizers.includes(FINALIZER)) return;
    if (yield* isDone(view, { key, now, takes: REMOVING_MS })) yield* withFinalizers(CONTENTS, content, []);
    return;
  }
  yield* withFinalizers(CONTENTS, content, [FINALIZER]);
  if (content.status?.readyToUse) return;
  const { snapshotHandle: given } = content.spec.source;
  // One that was there before is only asked for.
  if (given !== undefined) yield* setStatus(content, statusOf(view, content, { handle: given, now }));
  else yield* take(view, content, { key, now });
}

interface Look {
  readonly key: string;
  readonly now: Millis;
}

function* take(view: View, content: Content, { key, now }: Look): Doing<void> {
  const handle = content.metadata.uid ?? '';
  if (content.status?.creationTime === undefined) {
    const volume = volumeOf(view, content);
    const from = diskFileSystem(volume?.metadata.name ?? '');
    yield* copyFiles(view, { from, to: snapshotFileSystem(handle), now });
    const { readyToUse: _, ...status } = statusOf(view, content, { handle, now });
    yield* setStatus(content, { ...status, readyToUse: false });
  }
  if (yield* isDone(view, { key, now, takes: TAKING_MS })) yield* setStatus(content, { readyToUse: true });
}

/** Whether as long has passed as it takes; where it has not begun, it begins. */
function* isDone(
  view: View,
  { key, now, takes: [low, high] }: Look & { readonly takes: readonly [low: number, high: number] },
): Doing<boolean> {
  const due = putOffTo(view, { actor: ACTOR, key }, now);
  if (due !== undefined) return due === now;
  const until = now + drawWhole(view.chance, low, high, 'snapshot', key, now);
  yield* putOff(view, { actor: ACTOR, key, now: now + 1, until });
  return false;
}

function volumeOf({ objects }: View, { spec }: Content): PersistentVolume | undefined {
  const { volumeHandle } = spec.source;
  return objects
    .list<PersistentVolume>('persistentvolumes')
    .find(({ spec: of }) => of?.csi?.driver === spec.driver && of.csi.volumeHandle === volumeHandle);
}

function statusOf(
  view: View,
  content: Content,
  { handle, now }: { readonly handle: string; readonly now: Millis },
): NonNullable<VolumeSnapshotContent['status']> {
  const size = volumeOf(view, content)?.spec?.capacity?.['storage'];
  return {
    creationTime: (view.settings.epochMs + now) * 1e6,
    readyToUse: true,
    ...(size !== undefined && { restoreSize: wholeValue(size) }),
    snapshotHandle: handle,
  };
}

function* setStatus({ metadata }: Content, status: VolumeSnapshotContent['status'] & object): Doing<void> {
  const patch = { status } as never;
  const target = { resource: CONTENTS, subresource: 'status', name: metadata.name ?? '' } as const;
  yield { verb: 'patch', ...target, patchType: 'merge', patch };
}
