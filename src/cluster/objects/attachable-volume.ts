import type { CSIDriver, PersistentVolume } from './kubernetes.ts';
import { sha256 } from './sha256.ts';

/** A disk that a machine has to be given before it can mount it: whose, and which. */
export interface Device {
  readonly driver: string;
  readonly handle: string;
  /** As Nodes name it in `volumesAttached` and `volumesInUse`. */
  readonly name: string;
}

/** Kinds of volumes of old, for which CSI drivers answer since (csi-translation-lib: plugins). */
const MIGRATED = [
  ['awsElasticBlockStore', 'volumeID', 'ebs.csi.aws.com'],
  ['azureDisk', 'diskURI', 'disk.csi.azure.com'],
  ['cinder', 'volumeID', 'cinder.csi.openstack.org'],
  ['gcePersistentDisk', 'pdName', 'pd.csi.storage.gke.io'],
  ['vsphereVolume', 'volumePath', 'csi.vsphere.vmware.com'],
] as const;

/** Drivers of shares of a network, whose own CSIDriver objects say that nothing is attached. */
const UNATTACHED: readonly string[] = [
  'efs.csi.aws.com',
  'file.csi.azure.com',
  'filestore.csi.storage.gke.io',
  'nfs.csi.k8s.io',
  'secrets-store.csi.k8s.io',
  'smb.csi.k8s.io',
];

/** Where nothing in the cluster says whether a driver's volumes have to be attached. */
export function isAttachedByDefault(driver: string): boolean {
  return !UNATTACHED.includes(driver);
}

/** The disk behind a volume, if it must be attached. `driver` is what the cluster says of who drives it. */
export function deviceOf(
  { spec }: PersistentVolume,
  driverOf: (name: string) => CSIDriver | undefined,
): Device | undefined {
  const found = diskOf(spec);
  if (found === undefined) return undefined;
  const { driver, handle } = found;
  const isAttached = driverOf(driver)?.spec.attachRequired ?? isAttachedByDefault(driver);
  return isAttached ? { driver, handle, name: `kubernetes.io/csi/${driver}^${handle}` } : undefined;
}

/** Whether a driver is there for a volume: the quick look before the long one. */
export function hasDriver({ spec }: PersistentVolume): boolean {
  return diskOf(spec) !== undefined;
}

function diskOf(spec: PersistentVolume['spec']): Omit<Device, 'name'> | undefined {
  if (spec === undefined) return undefined;
  if (spec.csi) return { driver: spec.csi.driver, handle: spec.csi.volumeHandle };
  for (const [kind, field, driver] of MIGRATED) {
    const source = spec[kind] as Readonly<Record<string, unknown>> | undefined;
    if (source !== undefined) return { driver, handle: String(source[field]) };
  }
  return undefined;
}

/** What the attachment of a disk to a node is called (volume/csi: csi_attacher.go getAttachmentName). */
export function attachmentName({ driver, handle }: Device, node: string): string {
  return `csi-${sha256(handle + driver + node)}`;
}

/** Whether several machines may have the disk at a time (volume/util: IsMultiAttachAllowed). */
export function allowsManyNodes({ spec }: PersistentVolume): boolean {
  const { accessModes = [] } = spec ?? {};
  return (
    accessModes.length === 0 || accessModes.includes('ReadWriteMany') || accessModes.includes('ReadOnlyMany')
  );
}
