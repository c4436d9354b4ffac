import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import { hostFileSystem } from '../../contract/file-key.ts';
import type { VolumePlace } from '../../contract/pod-worker-row.ts';
import { deviceOf, hasDriver } from '../../objects/attachable-volume.ts';
import type {
  CSIDriver,
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  Volume,
} from '../../objects/kubernetes.ts';
import { ephemeralClaimName } from '../../objects/pod-claims.ts';
import { isBound } from '../../objects/volume-binding.ts';
import { diskFileSystem } from '../../objects/volume-snapshots.ts';
import { move, type PodContext } from '../pod-worker/pod-context.ts';
import { checkPath } from './host-paths.ts';
import type { Unmounted } from './write-volumes.ts';

/**
 * Finds out which volumes the pod's claims are, and keeps it: they are the same for as long as the pod lives.
 * Those that are not there yet keep the pod waiting, and nothing is said of it (kubelet:
 * desired_state_of_world_populator.go).
 */
export function* findClaimed(context: PodContext): Doing<Unmounted[]> {
  const places: Record<string, VolumePlace> = { ...context.worker.claimed };
  const devices: Record<string, string> = { ...context.worker.devices };
  const missing: Unmounted[] = [];
  for (const volume of context.pod.spec.volumes ?? []) {
    const claimName = claimNameOf(volume, context);
    if (claimName === undefined || places[volume.name] !== undefined) continue;
    const found = yield* volumeOf(context, claimName);
    const device = found && (yield* deviceNameOf(found));
    if (device !== undefined) devices[volume.name] = device;
    const isHere = device === undefined || isAttached(context.view, context.node, device);
    const problem = found && (yield* problemOf(context, volume.name, found));
    if (problem) missing.push(problem);
    else if (found && isHere) places[volume.name] = placeOf(context, found);
    else missing.push({ volume: volume.name, problem: '' });
  }
  if (Object.keys(places).length > Object.keys(context.worker.claimed ?? {}).length)
    move(context, { claimed: places });
  if (Object.keys(devices).length > Object.keys(context.worker.devices ?? {}).length)
    move(context, { devices });
  return missing;
}

function* problemOf(
  context: PodContext,
  volume: string,
  { metadata, spec }: PersistentVolume,
): Doing<Unmounted | undefined> {
  const { hostPath, local } = spec ?? {};
  const path = hostPath?.path ?? local?.path;
  if (path === undefined) return undefined;
  const type = hostPath?.type ?? '';
  const isLocal = local !== undefined;
  return yield* checkPath(context, { volume, shown: metadata.name ?? '', path, type, isLocal });
}

function claimNameOf(volume: Volume, { pod }: PodContext): string | undefined {
  if (volume.ephemeral) return ephemeralClaimName(pod, volume.name);
  return volume.persistentVolumeClaim?.claimName;
}

function* volumeOf({ worker: { namespace } }: PodContext, name: string): Doing<PersistentVolume | undefined> {
  const got = yield { verb: 'get', resource: 'persistentvolumeclaims', namespace, name };
  const claim = got.ok ? (got.object as PersistentVolumeClaim) : undefined;
  const volumeName = claim?.spec?.volumeName;
  if (!claim || !isBound(claim) || !volumeName) return undefined;
  const found = yield { verb: 'get', resource: 'persistentvolumes', name: volumeName };
  return found.ok ? (found.object as PersistentVolume) : undefined;
}

function* deviceNameOf(volume: PersistentVolume): Doing<string | undefined> {
  if (!hasDriver(volume)) return undefined;
  const name = volume.spec?.csi?.driver;
  const got =
    name === undefined ? undefined : yield { verb: 'get', resource: 'csidrivers.storage.k8s.io', name };
  const driver = got?.ok ? (got.object as CSIDriver) : undefined;
  return deviceOf(volume, () => driver)?.name;
}

/**
 * Whether a node has a disk, and its kubelet has said that it uses it: before that nothing is mounted
 * (kubelet: operation_generator.go GenerateVerifyControllerAttachedVolumeFunc).
 */
export function isAttached({ objects }: View, node: string, device: string): boolean {
  const { volumesAttached = [], volumesInUse = [] } =
    objects.get<Node>('nodes', undefined, node)?.status ?? {};
  return volumesInUse.includes(device) && volumesAttached.some(({ name }) => name === device);
}

function placeOf({ node }: PodContext, { metadata, spec }: PersistentVolume): VolumePlace {
  const { hostPath, local, nfs } = spec ?? {};
  if (nfs) return { fileSystem: `nfs/${nfs.server}`, below: nfs.path.replace(/\/+$/, '') };
  const path = hostPath?.path ?? local?.path;
  if (path === undefined) return { fileSystem: diskFileSystem(metadata.name ?? ''), below: '' };
  return { fileSystem: hostFileSystem(node), below: path.replace(/\/+$/, '') };
}
