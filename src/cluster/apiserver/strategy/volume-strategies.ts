import type { KubeObject } from '../../objects/kube-object.ts';
import type { PersistentVolume } from '../../objects/kubernetes.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
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
