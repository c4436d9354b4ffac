import { expect, test } from 'vitest';
import type { ObjectReader } from '../../../../src/cluster/contract/reader.ts';
import { contentSourceOf } from '../../../../src/cluster/controllers/volume-provisioner/data-source.ts';
import type { PersistentVolumeClaim } from '../../../../src/cluster/objects/kubernetes.ts';
import { CONTENTS, SNAPSHOTS } from '../../../../src/cluster/objects/volume-snapshots.ts';

const DRIVER = 'ebs.csi.aws.com';
const BOUND = { 'pv.kubernetes.io/bind-completed': 'yes' };

function claim(asked: string, kind: string, name: string): PersistentVolumeClaim {
  const apiGroup = kind === 'VolumeSnapshot' ? { apiGroup: 'snapshot.storage.k8s.io' } : {};
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'new', namespace: 'default' },
    spec: {
      storageClassName: 'fast',
      dataSource: { kind, name, ...apiGroup },
      resources: { requests: { storage: asked } },
    },
  };
}

const source = (more: object, phase = 'Bound') => ({
  metadata: { namespace: 'default', annotations: phase === 'Bound' ? BOUND : {}, ...more },
  spec: { volumeName: 'disk', resources: { requests: { storage: '2Gi' } } },
  status: { phase },
});

const snapshot = (readyToUse: boolean, bound?: string) => ({
  metadata: { uid: 'u' },
  status: { readyToUse, ...(bound !== undefined && { boundVolumeSnapshotContentName: bound }) },
});

const content = (driver: string, uid: string) => ({
  spec: { driver, volumeSnapshotRef: { uid } },
  status: { snapshotHandle: 'h', restoreSize: 1024 ** 3 },
});

const OBJECTS: Readonly<Record<string, unknown>> = {
  'persistentvolumeclaims/old': source({}),
  'persistentvolumeclaims/pending': source({}, 'Pending'),
  'persistentvolumeclaims/going': source({ deletionTimestamp: 'now' }),
  'persistentvolumes/disk': { spec: { csi: { driver: DRIVER, volumeHandle: 'disk' } } },
  [`${SNAPSHOTS}/ready`]: snapshot(true, 'good'),
  [`${SNAPSHOTS}/begun`]: snapshot(false, 'good'),
  [`${SNAPSHOTS}/unbound`]: snapshot(false),
  [`${SNAPSHOTS}/foreign`]: snapshot(true, 'others'),
  [`${SNAPSHOTS}/stolen`]: snapshot(true, 'of another'),
  [`${CONTENTS}/good`]: content(DRIVER, 'u'),
  [`${CONTENTS}/others`]: content('pd.csi.storage.gke.io', 'u'),
  [`${CONTENTS}/of another`]: content(DRIVER, 'v'),
};

const objects = {
  get: (resource: string, _namespace: string | undefined, name: string) => OBJECTS[`${resource}/${name}`],
} as unknown as ObjectReader;

test.each([
  ['PersistentVolumeClaim', 'old', '2Gi', 'persistent-volume/disk'],
  ['PersistentVolumeClaim', 'old', '1Gi', 'requested 1073741824 but source is 2147483648'],
  ['PersistentVolumeClaim', 'none', '2Gi', 'persistentvolumeclaim "none" not found'],
  ['PersistentVolumeClaim', 'pending', '2Gi', 'must have a status of Bound.  Got Pending'],
  ['PersistentVolumeClaim', 'going', '2Gi', 'is currently being deleted'],
  ['VolumeSnapshot', 'ready', '1Gi', 'volume-snapshot/h'],
  ['VolumeSnapshot', 'ready', '1Mi', 'requested volume size 1048576 is less than the size 1073741824'],
  ['VolumeSnapshot', 'begun', '1Gi', 'snapshot begun is not Ready'],
  ['VolumeSnapshot', 'unbound', '1Gi', 'snapshot unbound not bound'],
  [
    'VolumeSnapshot',
    'foreign',
    '1Gi',
    'is handled by a different CSI driver than requested by StorageClass fast',
  ],
  ['VolumeSnapshot', 'stolen', '1Gi', 'is bound to a different snapshot'],
  ['VolumeSnapshot', 'none', '1Gi', 'volumesnapshots.snapshot.storage.k8s.io "none" not found'],
])('a claim made from the %s %s and of %s: %s', (kind, name, asked, wanted) => {
  const found = contentSourceOf(objects, claim(asked, kind, name), DRIVER);
  expect(Object.values(found ?? {})).toEqual([expect.stringContaining(wanted)]);
});
