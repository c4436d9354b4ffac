import type { Pod } from '../../objects/kubernetes.ts';
import { podLimits } from '../../objects/pod-resources.ts';
import { amountOf, compareQuantities, formatQuantity } from '../../objects/quantity.ts';
import type { PodDisk } from './machine-disk.ts';

export interface OverLimit {
  readonly message: string;
  /** It shows only once volumes have been measured. */
  readonly isMeasured: boolean;
}

/**
 * Which limit of its own a pod has passed on its machine's disk: of a volume, of all its containers, of one
 * of them. Kubelet: eviction/eviction_manager.go localStorageEviction.
 */
export function whyOverLimit(disk: PodDisk): OverLimit | undefined {
  const { pod } = disk.worker;
  return volumeOver(pod, disk) ?? podOver(pod, disk) ?? containerOver(pod, disk);
}

function volumeOver({ spec }: Pod, { volumes }: PodDisk): OverLimit | undefined {
  for (const { name, emptyDir } of spec.volumes ?? []) {
    const limit = emptyDir?.sizeLimit;
    if (limit === undefined || compareQuantities(limit, '0') <= 0) continue;
    if (compareQuantities(String(volumes.get(name) ?? 0), limit) > 0)
      return {
        message: `Usage of EmptyDir volume "${name}" exceeds the limit "${limit}". `,
        isMeasured: true,
      };
  }
  return undefined;
}

function podOver(pod: Pod, { total, volumes }: PodDisk): OverLimit | undefined {
  const limit = podLimits(pod)['ephemeral-storage'];
  if (limit === undefined || amountOf(total).nano <= limit.nano) return undefined;
  const isMeasured = [...volumes.values()].some((bytes) => bytes > 0);
  const message = `Pod ephemeral local storage usage exceeds the total limit of containers ${formatQuantity(limit)}. `;
  return { message, isMeasured };
}

function containerOver({ spec }: Pod, { containers }: PodDisk): OverLimit | undefined {
  for (const { name, resources } of spec.containers) {
    const limit = resources?.limits?.['ephemeral-storage'];
    if (limit === undefined || compareQuantities(limit, '0') <= 0) continue;
    if (compareQuantities(String(containers.get(name) ?? 0), limit) > 0) {
      const message = `Container ${name} exceeded its local ephemeral storage limit "${limit}". `;
      return { message, isMeasured: false };
    }
  }
  return undefined;
}
