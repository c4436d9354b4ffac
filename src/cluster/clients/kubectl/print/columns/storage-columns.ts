import type {
  CSIDriver,
  CSINode,
  ObjectMeta,
  PersistentVolume,
  PersistentVolumeClaim,
  StorageClass,
  VolumeAttachment,
  VolumeAttributesClass,
} from '../../../../objects/kubernetes.ts';
import type { Column } from '../table/column.ts';
import { ageColumn, nameColumn } from './common-columns.ts';

// Mirrors kube-apiserver: printers/internalversion/printers.go.

export const persistentVolumeColumns: readonly Column<PersistentVolume>[] = [
  nameColumn,
  { name: 'Capacity', cell: ({ spec }) => spec?.capacity?.['storage'] ?? '0' },
  { name: 'Access Modes', cell: ({ spec }) => accessModes(spec?.accessModes) },
  { name: 'Reclaim Policy', cell: ({ spec }) => spec?.persistentVolumeReclaimPolicy },
  {
    name: 'Status',
    cell: ({ metadata, status }) => (metadata.deletionTimestamp ? 'Terminating' : status?.phase),
  },
  {
    name: 'Claim',
    cell: ({ spec }) =>
      spec?.claimRef ? `${spec.claimRef.namespace ?? ''}/${spec.claimRef.name ?? ''}` : '',
  },
  { name: 'StorageClass', cell: storageClassOf },
  {
    name: 'VolumeAttributesClass',
    since: 29,
    cell: ({ spec }) => spec?.volumeAttributesClassName ?? '<unset>',
  },
  { name: 'Reason', cell: ({ status }) => status?.reason ?? '' },
  ageColumn,
  { name: 'VolumeMode', wide: true, cell: ({ spec }) => spec?.volumeMode ?? '<unset>' },
];

export const persistentVolumeClaimColumns: readonly Column<PersistentVolumeClaim>[] = [
  nameColumn,
  {
    name: 'Status',
    cell: ({ metadata, status }) => (metadata.deletionTimestamp ? 'Terminating' : status?.phase),
  },
  { name: 'Volume', cell: ({ spec }) => spec?.volumeName ?? '' },
  {
    name: 'Capacity',
    cell: ({ spec, status }) => (spec?.volumeName ? (status?.capacity?.['storage'] ?? '0') : ''),
  },
  {
    name: 'Access Modes',
    cell: ({ spec, status }) => (spec?.volumeName ? accessModes(status?.accessModes) : ''),
  },
  { name: 'StorageClass', cell: storageClassOf },
  {
    name: 'VolumeAttributesClass',
    since: 29,
    cell: ({ spec }) => spec?.volumeAttributesClassName ?? '<unset>',
  },
  ageColumn,
  { name: 'VolumeMode', wide: true, cell: ({ spec }) => spec?.volumeMode ?? '<unset>' },
];

export const storageClassColumns: readonly Column<StorageClass>[] = [
  {
    name: 'Name',
    names: true,
    cell: (storageClass) =>
      `${storageClass.metadata.name}${isDefaultClass(storageClass) ? ' (default)' : ''}`,
  },
  { name: 'Provisioner', cell: ({ provisioner }) => provisioner },
  { name: 'ReclaimPolicy', cell: ({ reclaimPolicy }) => reclaimPolicy ?? 'Delete' },
  { name: 'VolumeBindingMode', cell: ({ volumeBindingMode }) => volumeBindingMode ?? 'Immediate' },
  { name: 'AllowVolumeExpansion', cell: ({ allowVolumeExpansion }) => allowVolumeExpansion ?? false },
  ageColumn,
];

export const volumeAttachmentColumns: readonly Column<VolumeAttachment>[] = [
  nameColumn,
  { name: 'Attacher', cell: ({ spec }) => spec.attacher },
  { name: 'PV', cell: ({ spec }) => spec.source.persistentVolumeName ?? '' },
  { name: 'Node', cell: ({ spec }) => spec.nodeName },
  { name: 'Attached', cell: ({ status }) => status?.attached ?? false },
  ageColumn,
];

export const csiNodeColumns: readonly Column<CSINode>[] = [
  nameColumn,
  { name: 'Drivers', cell: ({ spec }) => spec.drivers?.length ?? 0 },
  ageColumn,
];

export const csiDriverColumns: readonly Column<CSIDriver>[] = [
  nameColumn,
  { name: 'AttachRequired', cell: ({ spec }) => spec.attachRequired ?? true },
  { name: 'PodInfoOnMount', cell: ({ spec }) => spec.podInfoOnMount ?? false },
  { name: 'StorageCapacity', cell: ({ spec }) => spec.storageCapacity ?? false },
  {
    name: 'TokenRequests',
    cell: ({ spec }) => spec.tokenRequests?.map(({ audience }) => audience).join(',') ?? '<unset>',
  },
  { name: 'RequiresRepublish', cell: ({ spec }) => spec.requiresRepublish ?? false },
  { name: 'Modes', cell: ({ spec }) => spec.volumeLifecycleModes?.join(',') || '<none>' },
  ageColumn,
];

export const volumeAttributesClassColumns: readonly Column<VolumeAttributesClass>[] = [
  nameColumn,
  { name: 'DriverName', cell: ({ driverName }) => driverName },
  ageColumn,
];

/** In this order, each once. */
const ACCESS_MODES = [
  ['ReadWriteOnce', 'RWO'],
  ['ReadOnlyMany', 'ROX'],
  ['ReadWriteMany', 'RWX'],
  ['ReadWriteOncePod', 'RWOP'],
] as const;

/** `RWO,ROX`. */
export function accessModes(modes: readonly string[] | undefined): string {
  return ACCESS_MODES.filter(([mode]) => modes?.includes(mode))
    .map(([, short]) => short)
    .join(',');
}

/** A volume, a claim, or the template of one. */
interface Classed {
  readonly metadata: ObjectMeta;
  readonly spec?: { readonly storageClassName?: string };
}

/** The class of a volume or a claim; the annotation of old days still goes first. */
export function storageClassOf({ metadata, spec }: Classed): string {
  return metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? spec?.storageClassName ?? '';
}

export function isDefaultClass({ metadata }: StorageClass): boolean {
  return (
    metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true' ||
    metadata.annotations?.['storageclass.beta.kubernetes.io/is-default-class'] === 'true'
  );
}
