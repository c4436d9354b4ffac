import { isEqualJson, sortedKeys } from '../../json.ts';
import type { PersistentVolume, PersistentVolumeSpec } from '../../kubernetes.ts';
import { compareQuantities } from '../../quantity.ts';
import { checkNoBacksteps, checkOneOfIfGiven } from '../check-values.ts';
import { type FieldErrors, forbidden, invalid, invalidFor, notSupported, required } from '../field-error.ts';
import { dnsSubdomainProblems } from '../name-syntax.ts';
import { checkImmutable, checkObjectMeta, checkObjectMetaUpdate } from '../object-meta.ts';
import { describeSourceChange } from '../pod/describe-spec-change.ts';
import { checkAccessModes, VOLUME_MODES } from './access-modes.ts';

const RECLAIM_POLICIES: readonly string[] = ['Delete', 'Recycle', 'Retain'];

/** What of a spec is no source: where the volume is, is said by the one field that is left. */
const NO_SOURCE: readonly string[] = [
  'accessModes',
  'capacity',
  'claimRef',
  'mountOptions',
  'nodeAffinity',
  'persistentVolumeReclaimPolicy',
  'storageClassName',
  'volumeAttributesClassName',
  'volumeMode',
];

/** Kubernetes: apis/core/validation ValidatePersistentVolume. */
export function checkNewVolume({ metadata, spec = {} }: PersistentVolume): FieldErrors {
  const { accessModes = [], storageClassName, volumeMode, persistentVolumeReclaimPolicy: policy } = spec;
  return [
    ...checkObjectMeta(metadata, { isNamespaced: false }),
    ...(accessModes.length === 0 ? [required('spec.accessModes')] : []),
    ...checkAccessModes('spec.accessModes', accessModes),
    ...checkCapacity(spec),
    ...checkOneOfIfGiven('spec.persistentVolumeReclaimPolicy', policy || undefined, RECLAIM_POLICIES),
    ...checkSources(spec),
    ...(storageClassName
      ? invalidFor('spec.storageClassName', storageClassName, dnsSubdomainProblems(storageClassName))
      : []),
    ...checkOneOfIfGiven('spec.volumeMode', volumeMode, VOLUME_MODES),
  ];
}

/** Kubernetes: apis/core/validation ValidatePersistentVolumeUpdate. */
export function checkVolumeUpdate(volume: PersistentVolume, old: PersistentVolume): FieldErrors {
  const [after, before] = [sourceOf(volume.spec), sourceOf(old.spec)];
  const field = 'spec.persistentvolumesource';
  const affinity = old.spec?.nodeAffinity;
  return [
    ...checkNewVolume(volume).filter((error) => !error.field.startsWith('metadata')),
    ...checkObjectMetaUpdate(volume.metadata, old.metadata),
    ...(isEqualJson(after, before)
      ? []
      : [forbidden(field, `${field} is immutable after creation\n${describeSourceChange(before, after)}`)]),
    ...checkImmutable('volumeMode', volume.spec?.volumeMode, old.spec?.volumeMode),
    ...(affinity === undefined ? [] : checkImmutable('nodeAffinity', volume.spec?.nodeAffinity, affinity)),
  ];
}

function sourceOf(spec: PersistentVolumeSpec = {}): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(spec).filter(([key]) => !NO_SOURCE.includes(key)));
}

function checkCapacity({ capacity = {} }: PersistentVolumeSpec): FieldErrors {
  const names = sortedKeys(capacity);
  const isOne = names.length === 1 && names[0] === 'storage';
  return [
    ...(names.length === 0 ? [required('spec.capacity')] : []),
    ...(isOne ? [] : [notSupported('spec.capacity', names.length === 0 ? null : capacity, ['storage'])]),
    ...names.flatMap((name) =>
      compareQuantities(capacity[name] ?? '0', '0') > 0
        ? []
        : [invalid(`spec.capacity[${name}]`, capacity[name], 'must be greater than zero')],
    ),
  ];
}

function checkSources(spec: PersistentVolumeSpec): FieldErrors {
  const [first, ...more] = Object.keys(sourceOf(spec));
  if (first === undefined) return [required('spec', 'must specify a volume type')];
  return [
    ...checkSource(spec),
    ...more.map((kind) => forbidden(`spec.${kind}`, 'may not specify more than 1 volume type')),
  ];
}

function checkSource({ hostPath, local, nfs, csi, nodeAffinity }: PersistentVolumeSpec): FieldErrors {
  const need = (field: string, value: string | undefined): FieldErrors => (value ? [] : [required(field)]);
  return [
    ...(hostPath
      ? [...need('spec.hostPath.path', hostPath.path), ...upwards('spec.hostPath', hostPath)]
      : []),
    ...(nfs ? [...need('spec.nfs.server', nfs.server), ...need('spec.nfs.path', nfs.path)] : []),
    ...(nfs?.path && !nfs.path.startsWith('/')
      ? [invalid('spec.nfs.path', nfs.path, 'must be an absolute path')]
      : []),
    ...(local ? [...need('spec.local.path', local.path), ...upwards('spec.local', local)] : []),
    ...(local && !nodeAffinity?.required
      ? [required('spec.nodeAffinity', 'Local volume requires node affinity')]
      : []),
    ...(csi
      ? [...need('spec.csi.driver', csi.driver), ...need('spec.csi.volumeHandle', csi.volumeHandle)]
      : []),
  ];
}

function upwards(field: string, { path }: { readonly path: string }): FieldErrors {
  return path ? checkNoBacksteps(`${field}.path`, path) : [];
}
