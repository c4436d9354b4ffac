import type { ObjectReader } from '../../contract/reader.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { PersistentVolume, PersistentVolumeClaim } from '../../objects/kubernetes.ts';
import { isBound } from '../../objects/volume-binding.ts';
import {
  SNAPSHOT_CLASSES,
  type VolumeSnapshot,
  type VolumeSnapshotClass,
  type VolumeSnapshotContent,
} from '../../objects/volume-snapshots.ts';

/** What a snapshot is taken of, and how. */
export interface Asked {
  readonly snapshotClass: VolumeSnapshotClass;
  /** Nobody named the class. */
  readonly isDefault: boolean;
  readonly volume: PersistentVolume;
}

interface Why {
  readonly reason: string;
  readonly message: string;
}

const DEFAULT_CLASS = 'snapshot.storage.kubernetes.io/is-default-class';

export function contentNameFor({ metadata: { uid = '' } }: VolumeSnapshot): string {
  return `snapcontent-${uid}`;
}

/** What is needed for taking it, or why it cannot be taken (getCreateSnapshotInput). */
export function askedOf(objects: ObjectReader, snapshot: VolumeSnapshot): Asked | Why {
  const volume = volumeOf(objects, snapshot);
  const found = classOf(objects, snapshot, 'message' in volume ? undefined : volume);
  if ('reason' in found) return found;
  if ('message' in volume)
    return { reason: 'SnapshotContentCreationFailed', message: `${FAILED} ${volume.message}` };
  if (volume.spec?.csi) return { ...found, volume };
  const message = `${FAILED} cannot find CSI PersistentVolumeSource for volume ${volume.metadata.name}`;
  return { reason: 'SnapshotContentCreationFailed', message };
}

const FAILED = 'Failed to create snapshot content with error';

function volumeOf(
  objects: ObjectReader,
  { metadata: { namespace = '', name = '' }, spec: { source } }: VolumeSnapshot,
): PersistentVolume | { readonly message: string } {
  const claimName = source.persistentVolumeClaimName ?? '';
  const claim = objects.get<PersistentVolumeClaim>('persistentvolumeclaims', namespace, claimName);
  if (!claim) {
    const message = `snapshot controller failed to update ${name} on API server: cannot get claim from snapshot`;
    return { message };
  }
  const volumeName = claim.spec?.volumeName ?? '';
  const volume = objects.get<PersistentVolume>('persistentvolumes', undefined, volumeName);
  if (isBound(claim) && volume) return volume;
  const why = `the PVC ${claimName} is not yet bound to a PV, will not attempt to take a snapshot`;
  return { message: `failed to get input parameters to create snapshot ${name}: ${JSON.stringify(why)}` };
}

function classOf(
  objects: ObjectReader,
  { spec: { volumeSnapshotClassName: name } }: VolumeSnapshot,
  volume: PersistentVolume | undefined,
): Pick<Asked, 'snapshotClass' | 'isDefault'> | Why {
  if (name !== undefined) {
    const found = objects.get<VolumeSnapshotClass & KubeObject>(SNAPSHOT_CLASSES, undefined, name);
    if (found) return { snapshotClass: found, isDefault: false };
    const missing = `volumesnapshotclass.snapshot.storage.k8s.io ${JSON.stringify(name)} not found`;
    return {
      reason: 'GetSnapshotClassFailed',
      message: `Failed to get snapshot class with error ${missing}`,
    };
  }
  const all = objects
    .list<VolumeSnapshotClass & KubeObject>(SNAPSHOT_CLASSES)
    .filter(
      ({ driver, metadata }) =>
        metadata.annotations?.[DEFAULT_CLASS] === 'true' && driver === volume?.spec?.csi?.driver,
    );
  const [only] = all;
  if (only && all.length === 1) return { snapshotClass: only, isDefault: true };
  const why =
    all.length === 0
      ? 'cannot find default snapshot class'
      : `${all.length} default snapshot classes were found`;
  const message = `Failed to set default snapshot class with error ${why}`;
  return { reason: 'SetDefaultSnapshotClassFailed', message };
}

/** The content that a driver is to fill. */
export function contentFor(
  snapshot: VolumeSnapshot,
  { snapshotClass, volume }: Asked,
): VolumeSnapshotContent & KubeObject {
  const { namespace = '', name = '', uid = '', resourceVersion } = snapshot.metadata;
  const { apiVersion, kind } = snapshot;
  return {
    apiVersion,
    kind: 'VolumeSnapshotContent',
    metadata: { name: contentNameFor(snapshot) },
    spec: {
      deletionPolicy: snapshotClass.deletionPolicy,
      driver: snapshotClass.driver,
      source: { volumeHandle: volume.spec?.csi?.volumeHandle ?? '' },
      sourceVolumeMode: volume.spec?.volumeMode ?? 'Filesystem',
      volumeSnapshotClassName: snapshotClass.metadata.name ?? '',
      volumeSnapshotRef: {
        apiVersion,
        kind,
        name,
        namespace,
        ...(resourceVersion !== undefined && { resourceVersion }),
        uid,
      },
    },
  };
}
