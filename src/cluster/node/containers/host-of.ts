import { draw } from '../../../kernel/chance/draw.ts';
import type { View } from '../../contract/component.ts';
import type { ContainerRow, FileRow } from '../../contract/machine-rows.ts';
import type { Container, Pod } from '../../objects/kubernetes.ts';
import { milliValue, wholeValue } from '../../objects/quantity.ts';
import type { FileNode } from '../images/file-node.ts';
import { imageOf } from '../images-of-node.ts';
import { containerSpec } from '../pod-worker/pod-context.ts';
import type { ProcessHost } from '../processes/process-host.ts';
import { apiAccessFiles, isApiAccess } from '../volumes/api-access.ts';
import { type MountPoint, mountPointOf, mountPoints } from '../volumes/file-systems.ts';

/** What a program in a container can see of where it runs. */
export function hostOf(view: View, row: ContainerRow): ProcessHost | undefined {
  const pod = view.rows.row('podWorkers', row.pod)?.pod;
  const container = pod && containerSpec(pod, row.name);
  if (!pod || !container) return undefined;
  const { settings, rows, chance } = view;
  const ip = rows.row('sandboxes', row.sandbox)?.ip ?? rows.row('machines', row.node)?.ip;
  const points = mountPoints(pod, container, row);
  return {
    files: filesOf(view, row, { pod, points }),
    mounts: points.map(({ path, readOnly }) => ({ path, readOnly })),
    image: imageOf(settings, row.specImage).behaviour,
    epochMs: settings.epochMs,
    hostname: hostnameOf(pod, row.node),
    ...(ip !== undefined && { ip }),
    ...userOf(container, pod),
    declaredPorts: (container.ports ?? []).map(({ containerPort }) => containerPort),
    limits: limitsOf(container),
    draw: (counter) => draw(chance, 'process', row.id, counter),
  };
}

function hostnameOf({ spec, metadata }: Pod, node: string): string {
  if (spec.hostNetwork) return node;
  return spec.hostname ?? (metadata.name ?? '').slice(0, 63);
}

function userOf({ securityContext }: Container, { spec }: Pod): Pick<ProcessHost, 'uid' | 'gid'> {
  const uid = securityContext?.runAsUser ?? spec.securityContext?.runAsUser;
  const gid = securityContext?.runAsGroup ?? spec.securityContext?.runAsGroup;
  return { ...(uid !== undefined && { uid }), ...(gid !== undefined && { gid }) };
}

function limitsOf({ resources }: Container): NonNullable<ProcessHost['limits']> {
  const { cpu, memory } = resources?.limits ?? {};
  return {
    ...(cpu !== undefined && { cpus: milliValue(cpu) / 1000 }),
    ...(memory !== undefined && { memoryBytes: wholeValue(memory) }),
  };
}

/** Where a path of a container lies: in a volume of its pod, or in the container's own layer. */
export function placeOf(view: View, row: ContainerRow, path: string): { fileSystem: string; path: string } {
  const pod = view.rows.row('podWorkers', row.pod)?.pod;
  const container = pod && containerSpec(pod, row.name);
  const point = container && mountPointOf(mountPoints(pod, container, row), path);
  if (!point) return { fileSystem: row.id, path };
  return { fileSystem: point.fileSystem, path: point.below + path.slice(point.path.length) };
}

interface Mounted {
  readonly pod: Pod;
  readonly points: readonly MountPoint[];
}

function filesOf({ rows }: View, row: ContainerRow, { pod, points }: Mounted): Record<string, FileNode> {
  const files: Record<string, FileNode> = {};
  for (const file of rows.rowsBy('files', 'fileSystem', row.id)) files[file.path] = nodeOf(file);
  for (const { path, fileSystem, below, volume } of points) {
    files[path] ??= { kind: 'directory', mode: 0o777, modifiedAt: row.createdAt };
    if (volume && isApiAccess(volume)) {
      for (const [name, node] of Object.entries(apiAccessFiles(pod))) files[path + name] = node;
      continue;
    }
    for (const file of rows.rowsBy('files', 'fileSystem', fileSystem)) {
      const isSeen = file.path === below || file.path.startsWith(`${below}/`);
      if (isSeen) files[path + file.path.slice(below.length)] = nodeOf(file);
    }
  }
  return files;
}

function nodeOf({ fileSystem: _, path: __, ...node }: FileRow): FileNode {
  return node;
}
