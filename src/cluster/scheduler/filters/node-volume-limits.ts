import type { ObjectReader } from '../../contract/reader.ts';
import { deviceOf } from '../../objects/attachable-volume.ts';
import type {
  CSINode,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  StorageClass,
} from '../../objects/kubernetes.ts';
import { claimNames } from '../../objects/pod-claims.ts';
import { classOf, driverOf } from '../../objects/volume-binding.ts';
import type { Filter } from '../framework.ts';
import { unschedulable } from './filter.ts';

const NODES = 'csinodes.storage.k8s.io';

/** A disk by what tells it apart, and whose driver it is. */
interface Disk {
  readonly driver: string;
  readonly name: string;
}

/**
 * Nodes that would have more disks of a driver than their CSINode says they can take; nobody writes drivers
 * there but who types them (scheduler: plugins/nodevolumelimits/csi.go).
 */
export const nodeVolumeLimits: Filter = {
  name: 'NodeVolumeLimits',
  prepare({ pod, objects }) {
    const own = disksOf(pod, objects);
    if (own.length === 0 || objects.list<CSINode>(NODES).length === 0) return undefined;
    const refusal = unschedulable('node(s) exceed max volume count');
    return ({ node, pods }) => {
      const found = objects.get<CSINode>(NODES, undefined, node.metadata.name ?? '');
      const isOver = (found?.spec.drivers ?? []).some(({ name, allocatable }) => {
        const needed = own.filter(({ driver }) => driver === name);
        if (needed.length === 0 || allocatable?.count === undefined) return false;
        const there = new Set(
          pods
            .flatMap((other) => disksOf(other, objects))
            .flatMap((disk) => (disk.driver === name ? [disk.name] : [])),
        );
        const added = needed.filter((disk) => !there.has(disk.name));
        return added.length > 0 && there.size + added.length > allocatable.count;
      });
      return isOver ? refusal : undefined;
    };
  },
  mayLift(news) {
    return news.kind === 'NodeAdded' || (news.kind === 'PodDeleted' && claimNames(news.pod).length > 0);
  },
};

function disksOf(pod: Pod, objects: ObjectReader): readonly Disk[] {
  const { namespace = '' } = pod.metadata;
  return claimNames(pod).flatMap((name): readonly Disk[] => {
    const claim = objects.get<PersistentVolumeClaim>('persistentvolumeclaims', namespace, name);
    if (!claim) return [];
    const volumeName = claim.spec?.volumeName ?? '';
    const volume = objects.get<PersistentVolume>('persistentvolumes', undefined, volumeName);
    const device = volume && deviceOf(volume, () => undefined);
    if (device) return [{ driver: device.driver, name: device.name }];
    if (volume) return [];
    const found = objects.get<StorageClass>('storageclasses.storage.k8s.io', undefined, classOf(claim));
    return found ? [{ driver: driverOf(found.provisioner), name: `${namespace}/${name}` }] : [];
  });
}
