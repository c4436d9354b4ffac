import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from './kubernetes.ts';

/** What controllers, provisioners and the scheduler tell each other on claims and volumes. */
export const BOUND = 'pv.kubernetes.io/bind-completed';
export const SELECTED_NODE = 'volume.kubernetes.io/selected-node';
export const PROVISIONED_BY = 'pv.kubernetes.io/provisioned-by';

/** Which provisioner a claim waits for, under its name of today and its former one. */
const PROVISIONER = 'volume.kubernetes.io/storage-provisioner';
const FORMER_PROVISIONER = 'volume.beta.kubernetes.io/storage-provisioner';

/** A class of volumes that nobody makes: they are there, or not. */
const NOBODY = 'kubernetes.io/no-provisioner';

const BETA_CLASS = 'volume.beta.kubernetes.io/storage-class';

/** The class that a claim or a volume is of; empty for none. */
export function classOf({ metadata, spec }: PersistentVolumeClaim | PersistentVolume): string {
  return metadata.annotations?.[BETA_CLASS] ?? spec?.storageClassName ?? '';
}

export function isBound({ metadata }: PersistentVolumeClaim): boolean {
  return metadata.annotations?.[BOUND] !== undefined;
}

/** Whether a volume is looked for only when a pod that uses the claim has a node. */
export function waitsForConsumer(found: StorageClass | undefined): boolean {
  return found?.volumeBindingMode === 'WaitForFirstConsumer';
}

/** Whether volumes of a class are made when somebody asks for one. */
export function isProvisioned({ provisioner }: StorageClass): boolean {
  return provisioner !== NOBODY;
}

export function provisionerAsked({ metadata }: PersistentVolumeClaim): string | undefined {
  return metadata.annotations?.[PROVISIONER] ?? metadata.annotations?.[FORMER_PROVISIONER];
}

/** Both names, as the controller writes them (pv_controller.go setClaimProvisioner). */
export function askingProvisioner(provisioner: string): Readonly<Record<string, string>> {
  return { [FORMER_PROVISIONER]: provisioner, [PROVISIONER]: provisioner };
}
