import { drawWhole } from '../../../kernel/chance/draw.ts';
import type { Millis } from '../../../kernel/time/millis.ts';
import type { Address, Component, Delivery, Reaction, View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import { instancesOf } from '../../contract/instances.ts';
import type { ObjectReader } from '../../contract/reader.ts';
import { sortedKeys } from '../../objects/json.ts';
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../../objects/kubernetes.ts';
import { storageKey } from '../../objects/storage-key.ts';
import {
  classOf,
  driverOf,
  isBound,
  PROVISIONED_BY,
  provisionerAsked,
  SELECTED_NODE,
  waitsForConsumer,
} from '../../objects/volume-binding.ts';
import {
  CONTENTS,
  diskFileSystem,
  SNAPSHOTS,
  type VolumeSnapshot,
  type VolumeSnapshotContent,
} from '../../objects/volume-snapshots.ts';
import { record } from '../../recorder/record.ts';
import { copyFiles } from '../shared/copy-files.ts';
import {
  concernedByPuttingOff,
  putOff,
  putOffAgain,
  putOffTo,
  wakeFromPuttingOff,
} from '../shared/put-off.ts';
import { contentSourceOf, isPopulated } from './data-source.ts';
import { volumeFor, volumeNameFor } from './volume-for.ts';

const NAME = 'volume-provisioner';
const CLAIMS = 'persistentvolumeclaims';
const VOLUMES = 'persistentvolumes';

/** From the request to whoever has disks until there is one, and until one is gone: a cloud's, in seconds. */
const MAKING_MS = [900, 2600] as const;

const { actorOf, nodeOf: provisionerOf } = instancesOf(NAME);

/**
 * Makes volumes for the claims that ask for them, and deletes those that were given back; one an actor for
 * each provisioner that a class names (sig-storage-lib-external-provisioner: controller.go).
 */
export const volumeProvisioner: Component = {
  name: NAME,
  watches: [CLAIMS, VOLUMES, SNAPSHOTS, CONTENTS],
  *deliveriesOf({ resource, key, object, type }, _rows, objects) {
    if (resource === CLAIMS) yield* toClaim(object as PersistentVolumeClaim, key);
    else if (resource === SNAPSHOTS || resource === CONTENTS) yield* toDriver(object as Snapshot, objects);
    else if (type !== 'DELETED') yield* toVolume(object as PersistentVolume, key);
  },
  ...concernedByPuttingOff(NAME),
  *addresses({ objects }) {
    for (const claim of objects.list<PersistentVolumeClaim>(CLAIMS))
      yield* toClaim(claim, keyOf(CLAIMS, claim));
    for (const volume of objects.list<PersistentVolume>(VOLUMES))
      yield* toVolume(volume, keyOf(VOLUMES, volume));
  },
  reconcile,
  wake: wakeFromPuttingOff,
};

type Stored = PersistentVolumeClaim | PersistentVolume;

function keyOf(resource: string, { metadata: { namespace, name = '' } }: Stored): string {
  return storageKey({ resource, name, ...(namespace !== undefined && { namespace }) });
}

function* toClaim(claim: PersistentVolumeClaim, key: string): Generator<Delivery & Address> {
  const provisioner = provisionerAsked(claim);
  if (provisioner !== undefined && !isBound(claim)) yield { actor: actorOf(provisioner), key };
}

type Snapshot = VolumeSnapshot | VolumeSnapshotContent;

/** A provisioner asks for snapshots when it looks at a claim: here it only has to have heard of them. */
function* toDriver(snapshot: Snapshot, objects: ObjectReader): Generator<Delivery> {
  const content =
    snapshot.kind === 'VolumeSnapshotContent'
      ? snapshot
      : objects.get<VolumeSnapshotContent>(
          CONTENTS,
          undefined,
          snapshot.status?.boundVolumeSnapshotContentName ?? '',
        );
  if (content?.spec.driver) yield { actor: actorOf(content.spec.driver) };
}

function* toVolume({ metadata, spec, status }: PersistentVolume, key: string): Generator<Delivery & Address> {
  const provisioner = metadata.annotations?.[PROVISIONED_BY];
  const isGivenBack = status?.phase === 'Released' && spec?.persistentVolumeReclaimPolicy === 'Delete';
  if (provisioner !== undefined && isGivenBack) yield { actor: actorOf(provisioner), key };
}

function* reconcile(view: View, address: Address, now: Millis): Reaction {
  const object = view.objects.byKey<Stored>(address.key);
  if (object === undefined) return;
  const isDue = putOffTo(view, address, now) === now;
  if (object.kind === 'PersistentVolume')
    yield* giveBack(view, object as PersistentVolume, { address, isDue, now });
  else yield* serve(view, object as PersistentVolumeClaim, { address, isDue, now });
}

interface Look {
  readonly address: Address;
  /** What was begun is done now. */
  readonly isDue: boolean;
  readonly now: Millis;
}

function* serve(view: View, claim: PersistentVolumeClaim, { address, isDue, now }: Look): Doing<void> {
  const provisioner = provisionerOf(address);
  if (isBound(claim) || claim.spec?.volumeName || provisionerAsked(claim) !== provisioner) return;
  const found = view.objects.get<StorageClass>('storageclasses.storage.k8s.io', undefined, classOf(claim));
  if (!found || driverOf(found.provisioner) !== provisioner) return;
  if (waitsForConsumer(found) && claim.metadata.annotations?.[SELECTED_NODE] === undefined) return;
  if (isPopulated(claim)) return yield* noticePopulator(claim);
  const name = volumeNameFor(claim);
  if (view.objects.get(VOLUMES, undefined, name) !== undefined) return;
  const { namespace = '', name: claimName = '' } = claim.metadata;
  const tell = (reason: string, message: string, type: 'Normal' | 'Warning' = 'Normal'): Reaction =>
    record(view, { component: provisioner, object: claim, type, reason, message }, now);
  if (!isDue) {
    if (putOffTo(view, address, now) !== undefined) return;
    yield* tell(
      'Provisioning',
      `External provisioner is provisioning volume for claim "${namespace}/${claimName}"`,
    );
    yield* begin(view, address, now);
    return;
  }
  const source = contentSourceOf(view.objects, claim, provisioner);
  if (source !== undefined && 'problem' in source) {
    const message = `failed to provision volume with StorageClass "${classOf(claim)}": ${source.problem}`;
    yield* tell('ProvisioningFailed', message, 'Warning');
    yield* putOffAgain(view, { ...address, now }, claim.metadata);
    return;
  }
  yield* noticeParameters(view, found);
  const volume = volumeFor(view, claim, found);
  const answer = yield { verb: 'create', resource: VOLUMES, object: volume };
  if (!answer.ok) return;
  if (source && volume.spec?.csi)
    yield* copyFiles(view, { from: source.fileSystem, to: diskFileSystem(name), now });
  yield* tell('ProvisioningSucceeded', `Successfully provisioned volume ${name}`);
}

function* noticePopulator({ metadata: { namespace, name }, spec }: PersistentVolumeClaim): Doing<void> {
  const { kind, apiGroup = '' } = spec?.dataSourceRef ?? spec?.dataSource ?? { kind: '' };
  const message = `nobody here fills volumes from ${kind}.${apiGroup}: the claim waits for its populator`;
  yield { type: 'NoticeGiven', about: `PersistentVolumeClaim ${namespace}/${name}`, message };
}

/** With the first volume of a class: what it asks of its driver makes no difference here. */
function* noticeParameters(
  { objects }: View,
  { metadata, provisioner, parameters }: StorageClass,
): Doing<void> {
  const names = sortedKeys(parameters ?? {});
  const isFirst = objects.list<PersistentVolume>(VOLUMES).every((each) => classOf(each) !== metadata.name);
  if (names.length === 0 || !isFirst) return;
  const message = `the class's parameters (${names.join(', ')}) are not simulated: ${driverOf(provisioner)} is played as a driver that makes any disk in a second or two`;
  yield { type: 'NoticeGiven', about: `StorageClass ${metadata.name}`, message };
}

function* giveBack(view: View, volume: PersistentVolume, { address, isDue, now }: Look): Doing<void> {
  if (volume.metadata.deletionTimestamp !== undefined) return;
  if (!isDue) {
    if (putOffTo(view, address, now) === undefined) yield* begin(view, address, now);
    return;
  }
  const { name = '', uid } = volume.metadata;
  yield { verb: 'delete', resource: VOLUMES, name, ...(uid && { preconditions: { uid } }) };
}

function* begin(view: View, { actor, key }: Address, now: Millis): Doing<void> {
  const [low, high] = MAKING_MS;
  const until = now + drawWhole(view.chance, low, high, 'volume', key, now);
  yield* putOff(view, { actor, key, now: now + 1, until });
}
