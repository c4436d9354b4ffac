import type { Container, Volume, VolumeDevice, VolumeMount } from '../../kubernetes.ts';
import { checkDescendingPath, checkOneOfIfGiven } from '../check-values.ts';
import { type FieldErrors, forbidden, invalid, notFound, notSupported, required } from '../field-error.ts';

/** Where a container mounts the pod's volumes, as folders and as block devices. */
export function checkVolumeMounts(
  field: string,
  container: Container,
  volumes: readonly Volume[],
): FieldErrors {
  const { volumeMounts = [], volumeDevices = [] } = container;
  return [
    ...volumeMounts.flatMap((mount, index) => [
      ...checkMount(`${field}.volumeMounts[${index}]`, mount, volumeMounts.slice(0, index), volumes),
      ...checkAgainstDevices(`${field}.volumeMounts[${index}]`, mount, volumeDevices),
      ...checkDetails(`${field}.volumeMounts`, `${field}.volumeMounts[${index}]`, mount, container),
    ]),
    ...volumeDevices.flatMap((device, index) =>
      checkDevice(`${field}.volumeDevices[${index}]`, device, {
        earlier: volumeDevices.slice(0, index),
        mounts: volumeMounts,
        volumes,
      }),
    ),
  ];
}

function checkMount(
  field: string,
  { name, mountPath }: VolumeMount,
  earlier: readonly VolumeMount[],
  volumes: readonly Volume[],
): FieldErrors {
  const isRepeated = earlier.some((other) => other.mountPath === mountPath);
  return [
    ...(name ? [] : [required(`${field}.name`)]),
    ...(volumes.some((volume) => volume.name === name) ? [] : [notFound(`${field}.name`, name ?? '')]),
    ...(mountPath ? [] : [required(`${field}.mountPath`)]),
    ...(isRepeated ? [invalid(`${field}.mountPath`, mountPath, 'must be unique')] : []),
  ];
}

function checkAgainstDevices(
  field: string,
  { name, mountPath }: VolumeMount,
  devices: readonly VolumeDevice[],
): FieldErrors {
  const asDevice = 'must not already exist in volumeDevices';
  const asPath = 'must not already exist as a path in volumeDevices';
  return [
    ...(devices.some((device) => device.name === name) ? [invalid(`${field}.name`, name, asDevice)] : []),
    ...(devices.some((device) => device.devicePath === mountPath)
      ? [invalid(`${field}.mountPath`, mountPath, asPath)]
      : []),
  ];
}

const PROPAGATIONS = ['Bidirectional', 'HostToContainer', 'None'];

/** Kubernetes reports some of these at the list and not at its element. */
function checkDetails(list: string, field: string, mount: VolumeMount, container: Container): FieldErrors {
  const { subPath = '', subPathExpr = '', mountPropagation } = mount;
  const isExclusive = subPath !== '' && subPathExpr !== '';
  const needsPrivilege =
    mountPropagation === 'Bidirectional' && container.securityContext?.privileged !== true;
  const privilege = 'Bidirectional mount propagation is available only to privileged containers';
  const exclusive = 'subPathExpr and subPath are mutually exclusive';
  return [
    ...(subPath === '' ? [] : checkDescendingPath(`${list}.subPath`, subPath)),
    ...(isExclusive ? [invalid(`${field}.subPathExpr`, subPathExpr, exclusive)] : []),
    ...(subPathExpr === '' ? [] : checkDescendingPath(`${list}.subPathExpr`, subPathExpr)),
    ...checkOneOfIfGiven(`${list}.mountPropagation`, mountPropagation, PROPAGATIONS),
    ...(needsPrivilege ? [forbidden(`${list}.mountPropagation`, privilege)] : []),
    ...checkRecursiveReadOnly(`${list}.recursiveReadOnly`, mount),
  ];
}

function checkRecursiveReadOnly(field: string, mount: VolumeMount): FieldErrors {
  const { recursiveReadOnly: mode, readOnly, mountPropagation } = mount;
  if (mode === undefined || mode === 'Disabled') return [];
  if (mode !== 'Enabled' && mode !== 'IfPossible') {
    return [notSupported(field, mode, ['Disabled', 'Enabled', 'IfPossible'])];
  }
  const isPropagated = mountPropagation !== undefined && mountPropagation !== 'None';
  const propagation = 'may only be specified when mountPropagation is None or not specified';
  return [
    ...(readOnly === true ? [] : [forbidden(field, 'may only be specified when readOnly is true')]),
    ...(isPropagated ? [forbidden(field, propagation)] : []),
  ];
}

function checkDevice(
  field: string,
  { name, devicePath }: VolumeDevice,
  others: {
    readonly earlier: readonly VolumeDevice[];
    readonly mounts: readonly VolumeMount[];
    readonly volumes: readonly Volume[];
  },
): FieldErrors {
  const { earlier, mounts, volumes } = others;
  const volume = volumes.find((candidate) => candidate.name === name);
  const isBlock = volume?.persistentVolumeClaim !== undefined || volume?.ephemeral !== undefined;
  const onlyClaims = 'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode';
  const steps = "can not contain backsteps ('..')";
  const repeats = (isSame: (device: VolumeDevice) => boolean): boolean => earlier.some(isSame);
  return [
    ...(name ? [] : [required(`${field}.name`)]),
    ...(repeats((device) => device.name === name) ? [invalid(`${field}.name`, name, 'must be unique')] : []),
    ...(volume && !isBlock ? [invalid(`${field}.name`, name, onlyClaims)] : []),
    ...(volume ? [] : [notFound(`${field}.name`, name ?? '')]),
    ...(devicePath ? [] : [required(`${field}.devicePath`)]),
    ...(repeats((device) => device.devicePath === devicePath)
      ? [invalid(`${field}.devicePath`, devicePath, 'must be unique')]
      : []),
    ...(devicePath?.split('/').includes('..') ? [invalid(`${field}.devicePath`, devicePath, steps)] : []),
    ...(mounts.some((mount) => mount.name === name)
      ? [invalid(`${field}.name`, name, 'must not already exist in volumeMounts')]
      : []),
    ...(mounts.some((mount) => mount.mountPath === devicePath)
      ? [invalid(`${field}.devicePath`, devicePath, 'must not already exist as a path in volumeMounts')]
      : []),
  ];
}
