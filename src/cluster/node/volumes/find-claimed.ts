import type { Doing } from '../../contract/doing.ts';
import { hostFileSystem } from '../../contract/file-key.ts';
import type { VolumePlace } from '../../contract/pod-worker-row.ts';
import type { PersistentVolume, PersistentVolumeClaim, Volume } from '../../objects/kubernetes.ts';
import { ephemeralClaimName } from '../../objects/pod-claims.ts';
import { isBound } from '../../objects/volume-binding.ts';
import { move, type PodContext } from '../pod-worker/pod-context.ts';
import type { Unmounted } from './write-volumes.ts';

/**
 * Finds out which volumes the pod's claims are, and keeps it: they are the same for as long as the pod lives.
 * Those that are not there yet keep the pod waiting, and nothing is said of it (kubelet:
 * desired_state_of_world_populator.go).
 */
export function* findClaimed(context: PodContext): Doing<Unmounted[]> {
  const places: Record<string, VolumePlace> = { ...context.worker.claimed };
  const missing: Unmounted[] = [];
  for (const volume of context.pod.spec.volumes ?? []) {
    const claimName = claimNameOf(volume, context);
    if (claimName === undefined || places[volume.name] !== undefined) continue;
    const place = yield* placeOf(context, claimName);
    if (place) places[volume.name] = place;
    else missing.push({ volume: volume.name, problem: '' });
  }
  if (Object.keys(places).length > Object.keys(context.worker.claimed ?? {}).length)
    move(context, { claimed: places });
  return missing;
}

function claimNameOf(volume: Volume, { pod }: PodContext): string | undefined {
  if (volume.ephemeral) return ephemeralClaimName(pod, volume.name);
  return volume.persistentVolumeClaim?.claimName;
}

function* placeOf({ worker: { namespace }, node }: PodContext, name: string): Doing<VolumePlace | undefined> {
  const got = yield { verb: 'get', resource: 'persistentvolumeclaims', namespace, name };
  const claim = got.ok ? (got.object as PersistentVolumeClaim) : undefined;
  const volumeName = claim?.spec?.volumeName;
  if (!claim || !isBound(claim) || !volumeName) return undefined;
  const found = yield { verb: 'get', resource: 'persistentvolumes', name: volumeName };
  if (!found.ok) return undefined;
  const { hostPath, local } = (found.object as PersistentVolume).spec ?? {};
  const path = hostPath?.path ?? local?.path;
  if (path === undefined) return { fileSystem: `persistent-volume/${volumeName}`, below: '' };
  return { fileSystem: hostFileSystem(node), below: path.replace(/\/+$/, '') };
}
