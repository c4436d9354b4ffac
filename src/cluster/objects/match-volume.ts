import type { PersistentVolume, PersistentVolumeClaim } from './kubernetes.ts';
import { selects } from './label-selector.ts';
import { compareQuantities } from './quantity.ts';
import { classOf } from './volume-binding.ts';

/**
 * The volume that fits a claim best: the one made for it, or the smallest that is large enough. With
 * `onlyMeant` none but the former: others are chosen together with a node (component-helpers:
 * volume.FindMatchingVolume).
 */
export function matchVolume(
  claim: PersistentVolumeClaim,
  volumes: readonly PersistentVolume[],
  { onlyMeant = false }: { readonly onlyMeant?: boolean } = {},
): PersistentVolume | undefined {
  const fitting = volumes.filter((volume) => fits(claim, volume));
  const meant = fitting.find((volume) => isMeantFor(volume, claim));
  if (onlyMeant) return meant;
  const free = fitting.filter(({ spec, status }) => !spec?.claimRef && status?.phase === 'Available');
  return meant ?? [...free].sort((a, b) => compareQuantities(sizeOf(a), sizeOf(b)))[0];
}

/** Whether a volume names the claim that it is for. */
export function isMeantFor({ spec }: PersistentVolume, { metadata }: PersistentVolumeClaim): boolean {
  const { name, namespace, uid } = spec?.claimRef ?? {};
  const isNamed = name === metadata.name && namespace === metadata.namespace;
  return isNamed && (!uid || uid === metadata.uid);
}

function fits(claim: PersistentVolumeClaim, volume: PersistentVolume): boolean {
  const { accessModes = [], resources, selector, volumeMode = 'Filesystem' } = claim.spec ?? {};
  const { spec, metadata } = volume;
  return (
    metadata.deletionTimestamp === undefined &&
    compareQuantities(sizeOf(volume), resources?.requests?.['storage'] ?? '0') >= 0 &&
    (spec?.volumeMode ?? 'Filesystem') === volumeMode &&
    accessModes.every((mode) => spec?.accessModes?.includes(mode)) &&
    classOf(volume) === classOf(claim) &&
    (selector === undefined || selects(selector, metadata.labels))
  );
}

/**
 * Why a claim can't have the volume that it names; labels do not matter then (pv_controller.go
 * checkVolumeSatisfyClaim).
 */
export function whyUnfit(claim: PersistentVolumeClaim, volume: PersistentVolume): string | undefined {
  const { accessModes = [], resources, volumeMode = 'Filesystem' } = claim.spec ?? {};
  const { spec, metadata } = volume;
  if (metadata.deletionTimestamp !== undefined) return `the volume is marked for deletion "${metadata.name}"`;
  if (compareQuantities(sizeOf(volume), resources?.requests?.['storage'] ?? '0') < 0)
    return 'requested PV is too small';
  if (classOf(volume) !== classOf(claim)) return 'storageClassName does not match';
  if ((spec?.volumeMode ?? 'Filesystem') !== volumeMode) return 'incompatible volumeMode';
  if (!accessModes.every((mode) => spec?.accessModes?.includes(mode))) return 'incompatible accessMode';
  return undefined;
}

function sizeOf({ spec }: PersistentVolume): string | number {
  return spec?.capacity?.['storage'] ?? '0';
}
