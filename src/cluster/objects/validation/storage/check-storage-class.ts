import { isEqualJson } from '../../json.ts';
import type { StorageClass } from '../../kubernetes.ts';
import { inVersion, type KubeVersion, type Since } from '../../versions.ts';
import { checkOneOf, checkOneOfIfGiven } from '../check-values.ts';
import { type FieldErrors, forbidden, invalidFor, required } from '../field-error.ts';
import { qualifiedNameProblems } from '../name-syntax.ts';
import { checkImmutable, checkObjectMeta, checkObjectMetaUpdate } from '../object-meta.ts';

const FROZEN = ['parameters', 'provisioner', 'reclaimPolicy'] as const;

/** Whether fields that may not change are said to be immutable: somewhere between 1.33 and 1.36. */
const SAYS_IMMUTABLE: Since<boolean> = [
  [0, false],
  [35, true],
];

/** Kubernetes: apis/storage/validation ValidateStorageClass. */
export function checkNewStorageClass(found: StorageClass): FieldErrors {
  const { metadata, provisioner, reclaimPolicy, volumeBindingMode } = found;
  return [
    ...checkObjectMeta(metadata, { isNamespaced: false }),
    ...(provisioner
      ? invalidFor('provisioner', provisioner, qualifiedNameProblems(provisioner.toLowerCase()))
      : [required('provisioner')]),
    ...checkOneOfIfGiven('reclaimPolicy', reclaimPolicy || undefined, ['Delete', 'Retain']),
    ...checkOneOf('volumeBindingMode', volumeBindingMode, ['Immediate', 'WaitForFirstConsumer']),
  ];
}

export function checkStorageClassUpdate(
  found: StorageClass,
  old: StorageClass,
  version: KubeVersion,
): FieldErrors {
  const isPlain = inVersion(SAYS_IMMUTABLE, version);
  return [
    ...checkObjectMetaUpdate(found.metadata, old.metadata),
    ...FROZEN.flatMap((field) => {
      if (isPlain) return checkImmutable(field, found[field], old[field]);
      const isSame = isEqualJson(found[field] ?? null, old[field] ?? null);
      return isSame ? [] : [forbidden(field, `updates to ${field} are forbidden.`)];
    }),
    ...checkImmutable('volumeBindingMode', found.volumeBindingMode, old.volumeBindingMode),
  ];
}
