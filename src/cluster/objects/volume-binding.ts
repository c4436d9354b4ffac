import type { ObjectReference, PersistentVolume, PersistentVolumeClaim, StorageClass } from './kubernetes.ts';

/** What controllers, provisioners and the scheduler tell each other on claims and volumes. */
export const BOUND = 'pv.kubernetes.io/bind-completed';
export const SELECTED_NODE = 'volume.kubernetes.io/selected-node';
export const PROVISIONED_BY = 'pv.kubernetes.io/provisioned-by';

/** The controller chose the other half of the bond, and nobody had named it before. */
export const BOUND_BY_CONTROLLER = { 'pv.kubernetes.io/bound-by-controller': 'yes' };

/** Which provisioner a claim waits for, under its name of today and its former one. */
const PROVISIONER = 'volume.kubernetes.io/storage-provisioner';
const FORMER_PROVISIONER = 'volume.beta.kubernetes.io/storage-provisioner';

const BETA_CLASS = 'volume.beta.kubernetes.io/storage-class';

/** The class that a claim or a volume is of; empty for none. */
export function classOf({ metadata, spec }: PersistentVolumeClaim | PersistentVolume): string {
  return metadata.annotations?.[BETA_CLASS] ?? spec?.storageClassName ?? '';
}

export function isBound({ metadata }: PersistentVolumeClaim): boolean {
  return metadata.annotations?.[BOUND] !== undefined;
}

/** What a volume says of the claim that it is for. */
export function referenceToClaim({ metadata }: PersistentVolumeClaim): ObjectReference {
  const { namespace = '', name = '', uid = '', resourceVersion = '' } = metadata;
  return { kind: 'PersistentVolumeClaim', namespace, name, uid, apiVersion: 'v1', resourceVersion };
}

/** The volume, promised to a claim (component-helpers: storage/volume GetBindVolumeToClaim). */
export function promisedTo(claim: PersistentVolumeClaim, volume: PersistentVolume): PersistentVolume {
  const { metadata, spec } = volume;
  const chosen = spec?.claimRef === undefined ? BOUND_BY_CONTROLLER : {};
  return {
    ...volume,
    metadata: { ...metadata, annotations: { ...metadata.annotations, ...chosen } },
    spec: { ...spec, claimRef: referenceToClaim(claim) },
  };
}

/** Whether a volume is looked for only when a pod that uses the claim has a node. */
export function waitsForConsumer(found: StorageClass | undefined): boolean {
  return found?.volumeBindingMode === 'WaitForFirstConsumer';
}

/** Provisioners of old, for which CSI drivers answer since (csi-translation-lib: plugins). */
const MIGRATED: Readonly<Record<string, string>> = {
  'kubernetes.io/aws-ebs': 'ebs.csi.aws.com',
  'kubernetes.io/azure-disk': 'disk.csi.azure.com',
  'kubernetes.io/azure-file': 'file.csi.azure.com',
  'kubernetes.io/cinder': 'cinder.csi.openstack.org',
  'kubernetes.io/gce-pd': 'pd.csi.storage.gke.io',
  'kubernetes.io/portworx-volume': 'pxd.portworx.com',
  'kubernetes.io/vsphere-volume': 'csi.vsphere.vmware.com',
};

/** Who makes the volumes of a class that names a provisioner. */
export function driverOf(provisioner: string): string {
  return MIGRATED[provisioner] ?? provisioner;
}

/**
 * Whether volumes of a class are made when somebody asks for one: those of Kubernetes' own that are left have
 * nobody who makes them (pv_controller.go findProvisionablePlugin).
 */
export function isProvisioned({ provisioner }: StorageClass): boolean {
  return !driverOf(provisioner).startsWith('kubernetes.io/');
}

export function provisionerAsked({ metadata }: PersistentVolumeClaim): string | undefined {
  return metadata.annotations?.[PROVISIONER] ?? metadata.annotations?.[FORMER_PROVISIONER];
}

/** Both names, as the controller writes them (pv_controller.go setClaimProvisioner). */
export function askingProvisioner(provisioner: string): Readonly<Record<string, string>> {
  return { [FORMER_PROVISIONER]: provisioner, [PROVISIONER]: provisioner };
}
