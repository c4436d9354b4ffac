import type { Doing } from '../../contract/doing.ts';
import { findCondition } from '../../objects/conditions.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { PersistentVolume, PersistentVolumeClaim } from '../../objects/kubernetes.ts';
import { ephemeralClaimName } from '../../objects/pod-claims.ts';
import { record } from '../../recorder/record.ts';
import { type PodContext, tell } from '../pod-worker/pod-context.ts';

const PENDING = 'FileSystemResizePending';

/** Whether the disk of a claim has become larger, and the file system on it has not. */
export function waitsForNode({ status }: PersistentVolumeClaim): boolean {
  return findCondition(status?.conditions, PENDING)?.status === 'True';
}

/**
 * Makes the file systems of the pod's disks as large as these, once they are mounted (kubelet:
 * operation_generator.go nodeExpandVolume).
 */
export function* expandClaimed(context: PodContext): Doing<void> {
  const { pod, worker, view } = context;
  if (worker.devices === undefined || worker.stage !== 'syncing') return;
  const { namespace } = worker;
  for (const volume of pod.spec.volumes ?? []) {
    if (worker.devices[volume.name] === undefined || worker.claimed?.[volume.name] === undefined) continue;
    const name = volume.ephemeral
      ? ephemeralClaimName(pod, volume.name)
      : (volume.persistentVolumeClaim?.claimName ?? '');
    const known = view.objects.get<PersistentVolumeClaim>('persistentvolumeclaims', namespace, name);
    if (known && waitsForNode(known)) yield* expand(context, name);
  }
}

function* expand(context: PodContext, name: string): Doing<void> {
  const { view, node, now, worker } = context;
  const target = { resource: 'persistentvolumeclaims', namespace: worker.namespace, name } as const;
  const got = yield { verb: 'get', ...target };
  const claim = got.ok ? (got.object as PersistentVolumeClaim) : undefined;
  if (!claim || !waitsForNode(claim)) return;
  const found = yield { verb: 'get', resource: 'persistentvolumes', name: claim.spec?.volumeName ?? '' };
  if (!found.ok) return;
  const volume = found.object as PersistentVolume;
  const message = `MountVolume.NodeExpandVolume succeeded for volume "${volume.metadata.name}" ${node}`;
  const told = { type: 'Normal', reason: 'FileSystemResizeSuccessful', message } as const;
  yield* tell(context, told);
  yield* record(view, { component: 'kubelet', host: node, object: claim as KubeObject, ...told }, now);
  const conditions = claim.status?.conditions?.filter(({ type }) => type !== PENDING) ?? [];
  const capacity = volume.spec?.capacity ?? {};
  const patch = { status: { capacity, conditions: conditions.length > 0 ? conditions : null } };
  yield { verb: 'patch', ...target, subresource: 'status', patchType: 'merge', patch };
}
