import type { View } from '../../contract/component.ts';
import type { ContainerRow } from '../../contract/machine-rows.ts';
import type { PodWorkerRow } from '../../contract/pod-worker-row.ts';
import { derived, derivedOfPair } from '../../objects/derived.ts';
import type { Pod } from '../../objects/kubernetes.ts';
import { containerSpec } from '../pod-worker/pod-context.ts';
import { type MountPoint, mountPointOf, mountPoints } from '../volumes/file-systems.ts';

/** Where a path of a container lies: in a volume of its pod, or in the container's own layer. */
export function placeOf(view: View, row: ContainerRow, path: string): { fileSystem: string; path: string } {
  const point = mountPointOf(pointsOf(view, row), path);
  if (!point) return { fileSystem: row.id, path };
  return { fileSystem: point.fileSystem, path: point.below + path.slice(point.path.length) };
}

/** All that the files of a container lie in. */
export function fileSystemsOf(view: View, row: ContainerRow): string[] {
  return [row.id, ...pointsOf(view, row).map(({ fileSystem }) => fileSystem)];
}

/** Whether nobody but its own pod can change the files that a container sees. */
export function hasOwnFiles(view: View, row: ContainerRow): boolean {
  return pointsOf(view, row).every(({ volume }) => !volume?.hostPath && !volume?.persistentVolumeClaim);
}

/** What is mounted in a container, and where. */
export function pointsOf({ rows }: Pick<View, 'rows'>, row: ContainerRow): readonly MountPoint[] {
  const worker = rows.row('podWorkers', row.pod);
  if (!worker) return [];
  const { pod, claimed } = worker;
  return claimed ? pointsAmong(row, claimed)(pod) : pointsIn(row, pod);
}

const pointsAmong = derivedOfPair((row: ContainerRow, claimed: NonNullable<PodWorkerRow['claimed']>) =>
  derived((pod: Pod): readonly MountPoint[] => {
    const container = containerSpec(pod, row.name);
    return container ? mountPoints(pod, container, { ...row, claimed }) : [];
  }),
);

const pointsIn = derivedOfPair((row: ContainerRow, pod: Pod): readonly MountPoint[] => {
  const container = containerSpec(pod, row.name);
  return container ? mountPoints(pod, container, row) : [];
});
