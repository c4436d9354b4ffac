import type { KubeObject } from '../../objects/kube-object.ts';
import type { PersistentVolume, PersistentVolumeClaim } from '../../objects/kubernetes.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import { SNAPSHOT_GROUP } from '../../objects/volume-snapshots.ts';
import { type Call, timestamp } from '../call.ts';

/** PersistentVolumes tell when they came into their phase (PersistentVolumeLastPhaseTransitionTime). */
const TELLS_PHASE_TIME: Since<boolean> = [
  [0, false],
  [29, true],
];

export function preparePersistentVolume(draft: KubeObject, call: Call): undefined {
  const volume = draft as PersistentVolume;
  const hasTime = inVersion(TELLS_PHASE_TIME, call.settings.version);
  volume.status = { phase: 'Pending', ...(hasTime && { lastPhaseTransitionTime: timestamp(call) }) };
}

export function preparePersistentVolumeStatus(draft: KubeObject, stored: KubeObject, call: Call): undefined {
  const volume = draft as PersistentVolume;
  const before = (stored as PersistentVolume).status;
  const hasMoved = volume.status?.phase !== before?.phase;
  const hasOwnTime = volume.status?.lastPhaseTransitionTime !== before?.lastPhaseTransitionTime;
  if (!hasMoved || hasOwnTime || !inVersion(TELLS_PHASE_TIME, call.settings.version)) return;
  volume.status = { ...volume.status, lastPhaseTransitionTime: timestamp(call) };
}

/** What a claim begins with stands under two names (AnyVolumeDataSource: on since 1.24). */
const HAS_SOURCE_REF: Since<boolean> = [
  [0, false],
  [24, true],
];

/**
 * A source of an unknown kind under the old name is dropped, one that is given under one name stands under
 * both (api/persistentvolumeclaim: EnforceDataSourceBackwardsCompatibility, NormalizeDataSources).
 */
export function preparePersistentVolumeClaim(draft: KubeObject, { settings }: Call): undefined {
  const { spec } = draft as PersistentVolumeClaim;
  if (!spec) return;
  const isKnown = inVersion(HAS_SOURCE_REF, settings.version);
  if (!isKnown || spec.dataSourceRef?.namespace) delete spec.dataSourceRef;
  const { dataSource, dataSourceRef } = spec;
  if (
    dataSource &&
    !dataSourceRef &&
    !ALWAYS_SOURCES.includes(`${dataSource.apiGroup ?? ''}/${dataSource.kind}`)
  )
    delete spec.dataSource;
  if (!isKnown) return;
  if (spec.dataSource && !dataSourceRef) spec.dataSourceRef = { ...spec.dataSource };
  else if (dataSourceRef && !dataSource) {
    const { namespace: _, ...source } = dataSourceRef;
    spec.dataSource = source;
  }
}

const ALWAYS_SOURCES = ['/PersistentVolumeClaim', `${SNAPSHOT_GROUP}/VolumeSnapshot`];
