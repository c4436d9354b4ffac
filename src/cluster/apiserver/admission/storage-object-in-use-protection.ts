import type { AdmissionPlugin } from './admission-plugin.ts';

const FINALIZERS: Readonly<Record<string, string>> = {
  persistentvolumeclaims: 'kubernetes.io/pvc-protection',
  persistentvolumes: 'kubernetes.io/pv-protection',
};

/** Claims and volumes do not go while somebody uses them. */
export const storageObjectInUseProtection: AdmissionPlugin = {
  name: 'StorageObjectInUseProtection',
  resources: Object.keys(FINALIZERS),
  onCreate({ metadata }, { resource }) {
    const finalizer = FINALIZERS[resource.name];
    if (finalizer === undefined || metadata.finalizers?.includes(finalizer)) return undefined;
    metadata.finalizers = [...(metadata.finalizers ?? []), finalizer];
    return undefined;
  },
};
