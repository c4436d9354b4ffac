import type { Millis } from '../../../kernel/time/millis.ts';
import { formatRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { Change } from '../../contract/api-event.ts';
import type { Component, Delivery, Reaction, View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import type { ObjectReader } from '../../contract/reader.ts';
import { isEqualJson } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { PersistentVolumeClaim } from '../../objects/kubernetes.ts';
import { amountOf, formatQuantity } from '../../objects/quantity.ts';
import { storageKey } from '../../objects/storage-key.ts';
import {
  CONTENTS,
  SNAPSHOTS,
  type VolumeSnapshot,
  type VolumeSnapshotContent,
} from '../../objects/volume-snapshots.ts';
import { record } from '../../recorder/record.ts';
import { concernedByPuttingOff, putOffAgain, wakeFromPuttingOff } from '../shared/put-off.ts';
import { type Asked, askedOf, contentFor, contentNameFor } from './content-for.ts';
import { isReadFrom, withFinalizers } from './snapshot-life.ts';

const ACTOR = 'snapshot-controller';
const CLAIMS = 'persistentvolumeclaims';

/** While it is there, and while it may be read from (external-snapshotter: utils.go). */
const FINALIZERS = [
  'snapshot.storage.kubernetes.io/volumesnapshot-as-source-protection',
  'snapshot.storage.kubernetes.io/volumesnapshot-bound-protection',
];

/**
 * Brings VolumeSnapshots and their contents together; drivers fill those. It is there as soon as their kinds
 * are (external-snapshotter: common-controller/snapshot_controller.go).
 */
export const snapshotController: Component = {
  name: ACTOR,
  watches: [SNAPSHOTS, CONTENTS, CLAIMS],
  assumes: true,
  *deliveriesOf(change, _rows, objects) {
    const { resource, key, type } = change;
    if (resource === SNAPSHOTS && type !== 'DELETED') yield { actor: ACTOR, key };
    else if (resource === CONTENTS) {
      const { namespace = '', name = '' } = (change.object as VolumeSnapshotContent & KubeObject).spec
        .volumeSnapshotRef;
      yield toSnapshot(namespace, name);
    } else if (resource === CLAIMS) yield* concernedByClaim(change, objects);
  },
  ...concernedByPuttingOff(ACTOR),
  *addresses({ objects }) {
    for (const { metadata } of objects.list<VolumeSnapshot & KubeObject>(SNAPSHOTS))
      yield toSnapshot(metadata.namespace ?? '', metadata.name ?? '');
  },
  reconcile: (view, { key }, now) => sync(view, key, now),
  wake: wakeFromPuttingOff,
};

function toSnapshot(namespace: string, name: string): Delivery & { readonly key: string } {
  return { actor: ACTOR, key: storageKey({ resource: SNAPSHOTS, namespace, name }) };
}

/** Snapshots of a claim wait until it is bound, and those that a claim is made from until it is. */
function* concernedByClaim({ object }: Change, objects: ObjectReader): Generator<Delivery> {
  const snapshots = objects.list<VolumeSnapshot & KubeObject>(SNAPSHOTS);
  if (snapshots.length === 0) return;
  const claim = object as PersistentVolumeClaim;
  const { namespace = '', name = '' } = claim.metadata;
  for (const { metadata, spec } of snapshots) {
    const isConcerned =
      metadata.namespace === namespace &&
      (spec.source.persistentVolumeClaimName === name || claim.spec?.dataSource?.name === metadata.name);
    if (isConcerned) yield toSnapshot(namespace, metadata.name ?? '');
  }
}

function* sync(view: View, key: string, now: Millis): Reaction {
  const snapshot = view.objects.byKey<VolumeSnapshot & KubeObject>(key);
  if (!snapshot) return;
  if (snapshot.metadata.deletionTimestamp !== undefined) yield* letGo(view, snapshot, { key, now });
  else {
    const content = yield* contentOf(view, snapshot, { key, now });
    if (content) yield* follow(view, snapshot, { content, now });
  }
}

interface Look {
  readonly key: string;
  readonly now: Millis;
}

/** What there is of a snapshot; made if it is to be taken of a claim, and can be. */
function* contentOf(
  view: View,
  snapshot: VolumeSnapshot & KubeObject,
  look: Look,
): Doing<VolumeSnapshotContent | undefined> {
  const { volumeSnapshotContentName: given } = snapshot.spec.source;
  const name = given ?? contentNameFor(snapshot);
  const found = view.objects.get<VolumeSnapshotContent & KubeObject>(CONTENTS, undefined, name);
  if (found && given === undefined) return found;
  if (given !== undefined) {
    const problem = problemOfGiven(snapshot, found);
    if (found && !problem) return yield* bindTo(snapshot, found);
    if (problem) yield* fail(view, snapshot, problem, look);
    return undefined;
  }
  const asked = askedOf(view.objects, snapshot);
  if ('reason' in asked) yield* fail(view, snapshot, asked, look);
  else yield* take(view, snapshot, asked, look);
  return undefined;
}

/** Why a content that was there before is not this snapshot's (getPreprovisionedContentFromStore). */
function problemOfGiven(
  { metadata: { uid, namespace, name } }: VolumeSnapshot,
  content: VolumeSnapshotContent | undefined,
): Said | undefined {
  if (!content) return { reason: 'SnapshotContentMissing', message: 'VolumeSnapshotContent is missing' };
  const { source, volumeSnapshotRef: of } = content.spec;
  if (source.snapshotHandle === undefined) {
    const message = 'VolumeSnapshotContent is dynamically provisioned while expecting a pre-provisioned one';
    return { reason: 'SnapshotContentMismatch', message };
  }
  if (of.namespace === namespace && of.name === name && (of.uid ?? uid) === uid) return undefined;
  const message = `VolumeSnapshotContent [${content.metadata.name}] is bound to a different snapshot`;
  return { reason: 'SnapshotContentMisbound', message };
}

/** A content that was there before says whose it is, and from now on which one of that name. */
function* bindTo(
  { metadata: { uid = '' } }: VolumeSnapshot,
  content: VolumeSnapshotContent & KubeObject,
): Doing<VolumeSnapshotContent> {
  if (content.spec.volumeSnapshotRef.uid === undefined) {
    const patch = { spec: { volumeSnapshotRef: { uid } } };
    const contentName = content.metadata.name ?? '';
    yield { verb: 'patch', resource: CONTENTS, name: contentName, patchType: 'merge', patch };
  }
  return content;
}

function* take(view: View, snapshot: VolumeSnapshot & KubeObject, asked: Asked, { now }: Look): Doing<void> {
  const { namespace = '', name = '' } = snapshot.metadata;
  if (asked.isDefault) {
    const patch = { spec: { volumeSnapshotClassName: asked.snapshotClass.metadata.name ?? '' } };
    yield { verb: 'patch', resource: SNAPSHOTS, namespace, name, patchType: 'merge', patch };
  }
  const made = yield { verb: 'create', resource: CONTENTS, object: contentFor(snapshot, asked) };
  if (!made.ok) return;
  const message = `Waiting for a snapshot ${namespace}/${name} to be created by the CSI driver.`;
  yield* tell(view, snapshot, { type: 'Normal', reason: 'CreatingSnapshot', message }, now);
}

interface Said {
  readonly type?: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
}

/** Says why not, once, and looks again later. */
function* fail(
  view: View,
  snapshot: VolumeSnapshot & KubeObject,
  said: Said,
  { key, now }: Look,
): Doing<void> {
  if (snapshot.status?.error?.message !== said.message) {
    const time = formatRfc3339(view.settings.epochMs + now);
    yield* setStatus(snapshot, { error: { message: said.message, time }, readyToUse: false });
    yield* tell(view, snapshot, said, now);
  }
  yield* putOffAgain(view, { actor: ACTOR, key, now }, snapshot.metadata);
}

interface Followed {
  readonly content: VolumeSnapshotContent;
  readonly now: Millis;
}

/** The snapshot says what its content does. */
function* follow(view: View, snapshot: VolumeSnapshot & KubeObject, { content, now }: Followed): Doing<void> {
  yield* withFinalizers(SNAPSHOTS, snapshot, FINALIZERS);
  const { creationTime, restoreSize, readyToUse = false } = content.status ?? {};
  const { error: _, ...before } = snapshot.status ?? {};
  const status = {
    boundVolumeSnapshotContentName: content.metadata.name ?? '',
    ...(creationTime !== undefined && { creationTime: formatRfc3339(Math.floor(creationTime / 1e6)) }),
    readyToUse,
    ...(restoreSize !== undefined && { restoreSize: formatQuantity(amountOf(restoreSize, 'BinarySI')) }),
  };
  if (isEqualJson(status, snapshot.status)) return;
  const { namespace = '', name = '' } = snapshot.metadata;
  const whole = `${namespace}/${name}`;
  yield* setStatus(snapshot, { ...status, ...(snapshot.status?.error && { error: null }) });
  if (creationTime !== undefined && before.creationTime === undefined) {
    const message = `Snapshot ${whole} was successfully created by the CSI driver.`;
    yield* tell(view, snapshot, { type: 'Normal', reason: 'SnapshotCreated', message }, now);
  }
  if (readyToUse && !before.readyToUse) {
    const message = `Snapshot ${whole} is ready to use.`;
    yield* tell(view, snapshot, { type: 'Normal', reason: 'SnapshotReady', message }, now);
  }
}

/**
 * One that is deleted waits for claims that are made from it, and for its content where that goes with it.
 */
function* letGo(view: View, snapshot: VolumeSnapshot & KubeObject, { now }: Look): Doing<void> {
  const own = snapshot.metadata.finalizers ?? [];
  if (!own.some((each) => FINALIZERS.includes(each))) return;
  const name = snapshot.status?.boundVolumeSnapshotContentName ?? contentNameFor(snapshot);
  const content = view.objects.get<VolumeSnapshotContent & KubeObject>(CONTENTS, undefined, name);
  if (content && isReadFrom(view.objects, snapshot)) {
    const message = 'Snapshot is being used to restore a PVC';
    yield* tell(view, snapshot, { reason: 'SnapshotDeletePending', message }, now);
    return;
  }
  if (content?.spec.deletionPolicy === 'Delete') {
    if (content.metadata.deletionTimestamp === undefined) yield { verb: 'delete', resource: CONTENTS, name };
    return;
  }
  yield* withFinalizers(SNAPSHOTS, snapshot, []);
}

function* setStatus({ metadata }: VolumeSnapshot, status: Readonly<Record<string, unknown>>): Doing<void> {
  const { namespace = '', name = '' } = metadata;
  const patch = { status } as never;
  yield {
    verb: 'patch',
    resource: SNAPSHOTS,
    subresource: 'status',
    namespace,
    name,
    patchType: 'merge',
    patch,
  };
}

function* tell(view: View, object: VolumeSnapshot & KubeObject, said: Said, now: Millis): Doing<void> {
  yield* record(view, { component: ACTOR, type: 'Warning', object, ...said }, now);
}
