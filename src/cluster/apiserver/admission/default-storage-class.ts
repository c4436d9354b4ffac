import { compareText } from '../../objects/json.ts';
import type { PersistentVolumeClaim, StorageClass } from '../../objects/kubernetes.ts';
import type { Call } from '../call.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';

const IS_DEFAULT = [
  'storageclass.kubernetes.io/is-default-class',
  'storageclass.beta.kubernetes.io/is-default-class',
];
const BETA_CLASS = 'volume.beta.kubernetes.io/storage-class';

/** A claim that names no class gets the default one; an empty name asks for none. */
export const defaultStorageClass: AdmissionPlugin = {
  name: 'DefaultStorageClass',
  resources: ['persistentvolumeclaims'],
  onCreate(draft, call) {
    const claim = draft as PersistentVolumeClaim;
    const isNamed = claim.spec?.storageClassName !== undefined || claim.metadata.annotations?.[BETA_CLASS];
    const name = isNamed ? undefined : defaultClass(call)?.metadata.name;
    if (name !== undefined) claim.spec = { ...claim.spec, storageClassName: name };
    return undefined;
  },
};

/** The newest of several, and of those the first by name. */
function defaultClass({ store }: Call): StorageClass | undefined {
  const classes = store
    .list<StorageClass>('storageclasses.storage.k8s.io')
    .filter(({ metadata: { annotations } }) => IS_DEFAULT.some((key) => annotations?.[key] === 'true'));
  const born = ({ metadata }: StorageClass): string => metadata.creationTimestamp ?? '';
  const nameOf = ({ metadata }: StorageClass): string => metadata.name ?? '';
  return [...classes].sort((a, b) => compareText(born(b), born(a)) || compareText(nameOf(a), nameOf(b)))[0];
}
