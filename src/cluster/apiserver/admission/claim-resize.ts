import type { PersistentVolumeClaim, StorageClass } from '../../objects/kubernetes.ts';
import { compareQuantities } from '../../objects/quantity.ts';
import { storageKey } from '../../objects/storage-key.ts';
import { classOf } from '../../objects/volume-binding.ts';
import { type AdmissionPlugin, refuseAdmission } from './admission-plugin.ts';

const UNSUPPORTED =
  'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize';

/** A claim grows only where its class says that it may (storage/persistentvolume/resize/admission.go). */
export const claimResize: AdmissionPlugin = {
  name: 'PersistentVolumeClaimResize',
  resources: ['persistentvolumeclaims'],
  checkUpdate(draft, stored, call) {
    if (call.subresource) return undefined;
    const [claim, old] = [draft as PersistentVolumeClaim, stored as PersistentVolumeClaim];
    if (compareQuantities(sizeOf(claim), sizeOf(old)) <= 0) return undefined;
    if (old.status?.phase !== 'Bound')
      return refuseAdmission(claim, call, 'Only bound persistent volume claims can be expanded');
    const name = classOf(claim);
    const key = storageKey({ resource: 'storageclasses.storage.k8s.io', name });
    const found = name === '' ? undefined : call.store.read<StorageClass>(key);
    const isAllowed = name === classOf(old) && found?.allowVolumeExpansion === true;
    return isAllowed ? undefined : refuseAdmission(claim, call, UNSUPPORTED);
  },
};

function sizeOf({ spec }: PersistentVolumeClaim): string {
  return spec?.resources?.requests?.['storage'] ?? '0';
}
