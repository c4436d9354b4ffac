import type { View } from '../../contract/component.ts';
import type { PodWorkerRow } from '../../contract/pod-worker-row.ts';
import { compareText } from '../../objects/json.ts';

const NONE: readonly string[] = [];

/**
 * The disks that the pods of a node use, or are about to: none of them may be taken away. Kubelet:
 * volumemanager GetVolumesInUse.
 */
export function devicesInUse({ rows }: View, node: string): readonly string[] {
  const workers = rows.rowsBy('podWorkers', 'withDevices', node);
  if (workers.length === 0) return NONE;
  const names = workers.filter(holdsDevices).flatMap(({ devices = {} }) => Object.values(devices));
  return [...new Set(names)].sort(compareText);
}

/** Until the pod's end what it mounts stays mounted. */
function holdsDevices({ stage, reclaimedAt }: PodWorkerRow): boolean {
  return stage !== 'finished' && stage !== 'rejected' && reclaimedAt === undefined;
}
