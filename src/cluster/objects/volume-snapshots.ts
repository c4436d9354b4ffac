import type { ObjectMeta } from './kubernetes.ts';

/** The kinds of `snapshot.storage.k8s.io/v1`, as external-snapshotter defines them. */
export const SNAPSHOTS = 'volumesnapshots.snapshot.storage.k8s.io';
export const CONTENTS = 'volumesnapshotcontents.snapshot.storage.k8s.io';
export const SNAPSHOT_CLASSES = 'volumesnapshotclasses.snapshot.storage.k8s.io';
export const SNAPSHOT_GROUP = 'snapshot.storage.k8s.io';

/** What a claim or a person asks for: what a volume holds at a time. */
export interface VolumeSnapshot {
  readonly apiVersion: string;
  readonly kind: 'VolumeSnapshot';
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly source: {
      readonly persistentVolumeClaimName?: string;
      readonly volumeSnapshotContentName?: string;
    };
    readonly volumeSnapshotClassName?: string;
  };
  readonly status?: {
    readonly boundVolumeSnapshotContentName?: string;
    readonly creationTime?: string;
    readonly readyToUse?: boolean;
    readonly restoreSize?: string;
    readonly error?: SnapshotError;
  };
}

export interface SnapshotError {
  readonly message?: string;
  readonly time?: string;
}

/** The snapshot itself, as its driver has it. */
export interface VolumeSnapshotContent {
  readonly apiVersion: string;
  readonly kind: 'VolumeSnapshotContent';
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly deletionPolicy: string;
    readonly driver: string;
    readonly source: { readonly volumeHandle?: string; readonly snapshotHandle?: string };
    readonly sourceVolumeMode?: string;
    readonly volumeSnapshotClassName?: string;
    readonly volumeSnapshotRef: {
      readonly apiVersion?: string;
      readonly kind?: string;
      readonly resourceVersion?: string;
      readonly namespace?: string;
      readonly name?: string;
      readonly uid?: string;
    };
  };
  readonly status?: {
    readonly snapshotHandle?: string;
    /** Nanoseconds since 1970. */
    readonly creationTime?: number;
    /** Bytes. */
    readonly restoreSize?: number;
    readonly readyToUse?: boolean;
  };
}

export interface VolumeSnapshotClass {
  readonly apiVersion: string;
  readonly kind: 'VolumeSnapshotClass';
  readonly metadata: ObjectMeta;
  readonly driver: string;
  readonly deletionPolicy: string;
}

/** Where the files of a snapshot are: with its driver, under the handle that this has given it. */
export function snapshotFileSystem(handle: string): string {
  return `volume-snapshot/${handle}`;
}

/** Where the files of a disk are that a driver has made. */
export function diskFileSystem(volume: string): string {
  return `persistent-volume/${volume}`;
}
