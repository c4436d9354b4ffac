import { newestDefaultClass } from '../../objects/default-class.ts';
import type { PersistentVolumeClaim, StorageClass } from '../../objects/kubernetes.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';

const BETA_CLASS = 'volume.beta.kubernetes.io/storage-class';

/** A claim that names no class gets the default one; an empty name asks for none. */
export const defaultStorageClass: AdmissionPlugin = {
  name: 'DefaultStorageClass',
  resources: ['persistentvolumeclaims'],
  onCreate(draft, { store }) {
    const claim = draft as PersistentVolumeClaim;
    const isNamed = claim.spec?.storageClassName !== undefined || claim.metadata.annotations?.[BETA_CLASS];
    if (isNamed) return undefined;
    const classes = store.list<StorageClass>('storageclasses.storage.k8s.io');
    const name = newestDefaultClass(classes)?.metadata.name;
    if (name !== undefined) claim.spec = { ...claim.spec, storageClassName: name };
    return undefined;
  },
};
