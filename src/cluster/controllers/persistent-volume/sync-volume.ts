import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import type { PersistentVolume, PersistentVolumeClaim } from '../../objects/kubernetes.ts';
import { PROVISIONED_BY } from '../../objects/volume-binding.ts';
import { record } from '../../recorder/record.ts';
import { ACTOR, setVolumePhase } from './sync-claim.ts';

/**
 * A volume whose claim is gone is kept or deleted, as its policy says; one that is kept is nobody's again
 * only when its claimRef has been taken away (pv_controller.go syncVolume).
 */
export function* syncVolume(view: View, volume: PersistentVolume, now: Millis): Doing<void> {
  const { namespace, name = '', uid } = volume.spec?.claimRef ?? {};
  const { phase = 'Pending' } = volume.status ?? {};
  if (!uid) {
    if (phase !== 'Available') yield* setVolumePhase(volume, 'Available');
    return;
  }
  const claim = view.objects.get<PersistentVolumeClaim>('persistentvolumeclaims', namespace, name);
  if (claim?.metadata.uid === uid) return;
  if (phase !== 'Released' && phase !== 'Failed') {
    if (!(yield* setVolumePhase(volume, 'Released'))) return;
  }
  if (volume.spec?.persistentVolumeReclaimPolicy === 'Delete' && phase !== 'Failed')
    yield* reclaim(view, volume, now);
}

/** What can be deleted by a plugin of the controller's own; others wait for whoever made them. */
function* reclaim(view: View, volume: PersistentVolume, now: Millis): Doing<void> {
  const { metadata, spec } = volume;
  if (metadata.annotations?.[PROVISIONED_BY] !== undefined || spec?.csi) return;
  const { name = '', uid } = metadata;
  const path = spec?.hostPath?.path;
  if (path !== undefined && /^\/tmp\/.+/.test(path)) {
    yield { verb: 'delete', resource: 'persistentvolumes', name, ...(uid && { preconditions: { uid } }) };
    return;
  }
  const message =
    path === undefined
      ? `error getting deleter volume plugin for volume ${JSON.stringify(name)}: no deletable volume plugin matched`
      : `host_path deleter only supports /tmp/.+ but received provided ${path}`;
  const status = { ...volume.status, message };
  yield* setVolumePhase({ ...volume, status }, 'Failed');
  const said = { type: 'Warning', reason: 'VolumeFailedDelete', message } as const;
  yield* record(view, { component: ACTOR, object: volume, ...said }, now);
}
