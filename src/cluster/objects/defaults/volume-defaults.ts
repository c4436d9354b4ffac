import { defaultPullPolicy } from '../image-name.ts';
import type { DownwardAPIVolumeFile, Volume, VolumeProjection } from '../kubernetes.ts';
import { roundResources } from './container-defaults.ts';

/** 0644: files are readable by all, writable by their owner. */
const FILE_MODE = 420;
const TOKEN_SECONDS = 3600;

/**
 * Fills in what a volume leaves open; a volume without a source is an empty folder (core/v1: defaults.go).
 */
export function setVolumeDefaults(volume: Volume): void {
  const hasSource = Object.keys(volume).some((key) => key !== 'name');
  if (!hasSource) volume.emptyDir = {};
  if (volume.image?.reference) volume.image.pullPolicy ||= defaultPullPolicy(volume.image.reference);
  if (volume.hostPath) volume.hostPath.type ??= '';
  if (volume.secret) volume.secret.defaultMode ??= FILE_MODE;
  if (volume.configMap) volume.configMap.defaultMode ??= FILE_MODE;
  if (volume.downwardAPI) {
    volume.downwardAPI.defaultMode ??= FILE_MODE;
    setFieldVersions(volume.downwardAPI.items);
  }
  if (volume.projected) {
    volume.projected.defaultMode ??= FILE_MODE;
    for (const source of volume.projected.sources ?? []) setProjectionDefaults(source);
  }
  if (volume.ephemeral?.volumeClaimTemplate) {
    volume.ephemeral.volumeClaimTemplate.spec.volumeMode ??= 'Filesystem';
    roundResources(volume.ephemeral.volumeClaimTemplate.spec.resources);
  }
  setForeignVolumeDefaults(volume);
}

function setProjectionDefaults(source: VolumeProjection): void {
  if (source.serviceAccountToken) source.serviceAccountToken.expirationSeconds ??= TOKEN_SECONDS;
  setFieldVersions(source.downwardAPI?.items);
}

function setFieldVersions(items: readonly DownwardAPIVolumeFile[] | undefined): void {
  for (const { fieldRef } of items ?? []) if (fieldRef) fieldRef.apiVersion ||= 'v1';
}

/**
 * Kinds of storage that nothing here simulates, but whose manifests must come back as from a real API server.
 */
function setForeignVolumeDefaults({ iscsi, rbd, azureDisk, scaleIO }: Volume): void {
  if (iscsi) iscsi.iscsiInterface ||= 'default';
  if (rbd) {
    rbd.pool ||= 'rbd';
    rbd.user ||= 'admin';
    rbd.keyring ||= '/etc/ceph/keyring';
  }
  if (azureDisk) {
    azureDisk.cachingMode ??= 'ReadWrite';
    azureDisk.fsType ??= 'ext4';
    azureDisk.readOnly ??= false;
    azureDisk.kind ??= 'Shared';
  }
  if (scaleIO) {
    scaleIO.storageMode ||= 'ThinProvisioned';
    scaleIO.fsType ||= 'xfs';
  }
}
