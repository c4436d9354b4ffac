import { hostFileSystem } from '../../contract/file-key.ts';
import type { ContainerRow } from '../../contract/machine-rows.ts';
import type { Container, Pod, Volume } from '../../objects/kubernetes.ts';

/** Where the files of a volume are: with the pod, on its machine, or behind a claim that others may share. */
export function fileSystemOf(volume: Volume | undefined, row: Pick<ContainerRow, 'pod' | 'node'>): string {
  const { hostPath, persistentVolumeClaim } = volume ?? {};
  if (hostPath) return hostFileSystem(row.node);
  if (persistentVolumeClaim) return `claim/${row.pod.split('/')[0]}/${persistentVolumeClaim.claimName}`;
  return `volume/${row.pod}/${volume?.name ?? ''}`;
}

/** A place where a volume stands in a container. */
export interface MountPoint {
  /** Without a slash at its end. */
  readonly path: string;
  readonly fileSystem: string;
  /** What is seen of the file system: `/sub/path`, or empty for all of it. */
  readonly below: string;
  readonly readOnly: boolean;
  readonly volume: Volume | undefined;
}

export function mountPoints(
  pod: Pod,
  container: Container,
  row: Pick<ContainerRow, 'pod' | 'node'>,
): MountPoint[] {
  return (container.volumeMounts ?? []).map(({ name, mountPath, subPath = '', readOnly = false }) => {
    const volume = pod.spec.volumes?.find((candidate) => candidate.name === name);
    return {
      path: mountPath.length > 1 && mountPath.endsWith('/') ? mountPath.slice(0, -1) : mountPath,
      fileSystem: fileSystemOf(volume, row),
      below: rootOf(volume) + (subPath === '' ? '' : `/${subPath}`),
      readOnly: readOnly || (volume !== undefined && isReadOnly(volume)),
      volume,
    };
  });
}

/** Where in its file system a volume begins: of a directory of the machine, at its path there. */
function rootOf(volume: Volume | undefined): string {
  return volume?.hostPath?.path.replace(/\/+$/, '') ?? '';
}

/** What the API has in it is not for containers to change. Kubelet: the volume plugins' GetAttributes. */
function isReadOnly({ configMap, secret, downwardAPI, projected }: Volume): boolean {
  return [configMap, secret, downwardAPI, projected].some((source) => source !== undefined);
}

/** The deepest mount point that a path lies in. */
export function mountPointOf(points: readonly MountPoint[], path: string): MountPoint | undefined {
  let deepest: MountPoint | undefined;
  for (const point of points) {
    const isIn = path === point.path || path.startsWith(point.path === '/' ? '/' : `${point.path}/`);
    if (isIn && point.path.length >= (deepest?.path.length ?? 0)) deepest = point;
  }
  return deepest;
}
