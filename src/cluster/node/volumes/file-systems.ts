import { hostFileSystem } from '../../contract/file-key.ts';
import type { ContainerRow } from '../../contract/machine-rows.ts';
import type { PodWorkerRow, VolumePlace } from '../../contract/pod-worker-row.ts';
import { expandEnv } from '../../objects/env-expansion.ts';
import type { Container, Pod, Volume } from '../../objects/kubernetes.ts';

/** Whose volume it is, and what that has claimed. */
export interface VolumeOwner extends Pick<ContainerRow, 'pod' | 'node'> {
  readonly claimed?: PodWorkerRow['claimed'];
}

/** Where the files of a volume are: with the pod, on its machine, or on a disk that others may share. */
export function volumePlace(volume: Volume | undefined, { pod, node, claimed }: VolumeOwner): VolumePlace {
  const { hostPath, name = '' } = volume ?? {};
  if (hostPath) return { fileSystem: hostFileSystem(node), below: hostPath.path.replace(/\/+$/, '') };
  return claimed?.[name] ?? { fileSystem: `volume/${pod}/${name}`, below: '' };
}

/**
 * Where a container finds a part of what the API has: what it was when the container was created. Only whole
 * volumes follow it (kubelet: subpath mounts bind what the link leads to then).
 */
export function partPlace(pod: string, container: string, volume: string): string {
  return `volume/${pod}/${volume}@${container}`;
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
  owner: VolumeOwner & Pick<ContainerRow, 'id'>,
): MountPoint[] {
  return (container.volumeMounts ?? []).map((mount) => {
    const { name, mountPath, readOnly = false } = mount;
    const subPath = mount.subPath || expandedPath(mount.subPathExpr ?? '', container, owner);
    const volume = pod.spec.volumes?.find((candidate) => candidate.name === name);
    const whole = volumePlace(volume, owner);
    const isPart = subPath !== '' && volume !== undefined && isReadOnly(volume);
    const fileSystem = isPart ? partPlace(owner.pod, owner.id, name) : whole.fileSystem;
    const { below } = whole;
    return {
      path: mountPath.length > 1 && mountPath.endsWith('/') ? mountPath.slice(0, -1) : mountPath,
      fileSystem,
      below: below + (subPath === '' ? '' : `/${subPath}`),
      readOnly: readOnly || (volume !== undefined && isReadOnly(volume)),
      volume,
    };
  });
}

/**
 * A path that is made of the container's variables; of those that name fields, only what is known of a pod.
 */
function expandedPath(path: string, { env = [] }: Container, { pod, node }: VolumeOwner): string {
  if (path === '') return '';
  const [namespace = '', name = '', uid = ''] = pod.split('/');
  const fields: Readonly<Record<string, string>> = {
    'metadata.name': name,
    'metadata.namespace': namespace,
    'metadata.uid': uid,
    'spec.nodeName': node,
  };
  return expandEnv(path, (variable) => {
    const found = env.find((each) => each.name === variable);
    return found?.value ?? fields[found?.valueFrom?.fieldRef?.fieldPath ?? ''];
  });
}

/** What the API has in it is not for containers to change. Kubelet: the volume plugins' GetAttributes. */
export function isReadOnly({ configMap, secret, downwardAPI, projected }: Volume): boolean {
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
