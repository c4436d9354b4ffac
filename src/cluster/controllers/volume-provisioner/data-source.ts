import type { ObjectReader } from '../../contract/reader.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { PersistentVolume, PersistentVolumeClaim } from '../../objects/kubernetes.ts';
import { wholeValue } from '../../objects/quantity.ts';
import { classOf, isBound } from '../../objects/volume-binding.ts';
import {
  CONTENTS,
  diskFileSystem,
  SNAPSHOT_GROUP,
  SNAPSHOTS,
  snapshotFileSystem,
  type VolumeSnapshot,
  type VolumeSnapshotContent,
} from '../../objects/volume-snapshots.ts';

/** Where what a claim begins with lies, or why it cannot be had (yet). */
export type Source = { readonly fileSystem: string } | { readonly problem: string };

/** Whether somebody else is to fill the volume of a claim (external-provisioner: a volume populator). */
export function isPopulated({ spec }: PersistentVolumeClaim): boolean {
  const source = spec?.dataSourceRef ?? spec?.dataSource;
  return source !== undefined && !isSnapshot(source) && !isClaim(source);
}

interface Reference {
  readonly apiGroup?: string;
  readonly kind: string;
}

function isSnapshot({ apiGroup, kind }: Reference): boolean {
  return apiGroup === SNAPSHOT_GROUP && kind === 'VolumeSnapshot';
}

function isClaim({ apiGroup = '', kind }: Reference): boolean {
  return apiGroup === '' && kind === 'PersistentVolumeClaim';
}

/** Undefined for claims that begin empty (external-provisioner: controller.go getVolumeContentSource). */
export function contentSourceOf(
  objects: ObjectReader,
  claim: PersistentVolumeClaim,
  driver: string,
): Source | undefined {
  const source = claim.spec?.dataSource;
  if (source === undefined) return undefined;
  const asked = { claim, driver, size: sizeOf(claim) };
  const found = isSnapshot(source)
    ? ofSnapshot(objects, asked, source.name)
    : isClaim(source)
      ? ofClaim(objects, asked, source.name)
      : undefined;
  if (found === undefined || 'fileSystem' in found) return found;
  const handle = `error getting handle for DataSource Type ${source.kind} by Name ${source.name}`;
  return { problem: `${handle}: ${found.problem}` };
}

interface AskedFor {
  readonly claim: PersistentVolumeClaim;
  readonly driver: string;
  readonly size: number;
}

function sizeOf({ spec }: PersistentVolumeClaim): number {
  return wholeValue(spec?.resources?.requests?.['storage'] ?? 0);
}

function ofClaim(objects: ObjectReader, { claim, driver, size }: AskedFor, name: string): Source {
  const { namespace = '', name: own = '' } = claim.metadata;
  const source = objects.get<PersistentVolumeClaim>('persistentvolumeclaims', namespace, name);
  if (!source) {
    const missing = `persistentvolumeclaim ${JSON.stringify(name)} not found`;
    return {
      problem: `error getting PVC ${name} (namespace ${JSON.stringify(namespace)}) from api server: ${missing}`,
    };
  }
  const { phase = '' } = source.status ?? {};
  if (phase !== 'Bound' || !isBound(source))
    return { problem: `the PVC DataSource ${name} must have a status of Bound.  Got ${phase}` };
  if (source.metadata.deletionTimestamp !== undefined)
    return { problem: `the PVC DataSource ${name} is currently being deleted` };
  if (size < sizeOf(source)) {
    const sizes = `requested ${size} but source is ${sizeOf(source)}`;
    const least = 'new PVC request must be greater than or equal in size to the specified PVC data source';
    return { problem: `error, ${least}, ${sizes}` };
  }
  const volumeName = source.spec?.volumeName ?? '';
  const volume = objects.get<PersistentVolume>('persistentvolumes', undefined, volumeName);
  const { csi, volumeMode = 'Filesystem' } = volume?.spec ?? {};
  if (csi?.driver !== driver) {
    const what = `the source volume ${volumeName} for PVC ${namespace}/${name}`;
    return { problem: `${what} ${byAnother(claim)}` };
  }
  if (volumeMode !== (claim.spec?.volumeMode ?? 'Filesystem')) {
    const modes = `the source PVC ${namespace}/${name} and the new PVC ${namespace}/${own}`;
    return { problem: `${modes} have different volumeModes` };
  }
  return { fileSystem: diskFileSystem(volumeName) };
}

function byAnother(claim: PersistentVolumeClaim): string {
  return `is handled by a different CSI driver than requested by StorageClass ${classOf(claim)}`;
}

function ofSnapshot(objects: ObjectReader, { claim, driver, size }: AskedFor, name: string): Source {
  const { namespace = '' } = claim.metadata;
  const snapshot = objects.get<VolumeSnapshot & KubeObject>(SNAPSHOTS, namespace, name);
  if (!snapshot) {
    const missing = `volumesnapshots.snapshot.storage.k8s.io ${JSON.stringify(name)} not found`;
    return { problem: `error getting snapshot ${name} from api server: ${missing}` };
  }
  if (snapshot.metadata.deletionTimestamp !== undefined)
    return { problem: `snapshot ${name} is currently being deleted` };
  const bound = snapshot.status?.boundVolumeSnapshotContentName;
  const content =
    bound === undefined
      ? undefined
      : objects.get<VolumeSnapshotContent & KubeObject>(CONTENTS, undefined, bound);
  if (!content) return { problem: `snapshot ${name} not bound` };
  const what = `snapshotcontent ${bound} for snapshot ${namespace}/${name}`;
  if (content.spec.volumeSnapshotRef.uid !== snapshot.metadata.uid)
    return { problem: `${what} is bound to a different snapshot` };
  if (content.spec.driver !== driver) return { problem: `${what} ${byAnother(claim)}` };
  const { snapshotHandle, restoreSize = 0 } = content.status ?? {};
  if (!snapshot.status?.readyToUse || snapshotHandle === undefined)
    return { problem: `snapshot ${name} is not Ready` };
  if (size < restoreSize) {
    const sizes = `requested volume size ${size} is less than the size ${restoreSize}`;
    return { problem: `${sizes} for the source snapshot ${name}` };
  }
  return { fileSystem: snapshotFileSystem(snapshotHandle) };
}
