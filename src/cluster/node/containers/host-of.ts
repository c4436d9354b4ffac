import { draw } from '../../../kernel/chance/draw.ts';
import type { View } from '../../contract/component.ts';
import type { ContainerRow } from '../../contract/machine-rows.ts';
import type { Container, Pod } from '../../objects/kubernetes.ts';
import { milliValue, wholeValue } from '../../objects/quantity.ts';
import type { FileNode } from '../images/file-node.ts';
import { imageOf } from '../images-of-node.ts';
import { containerSpec } from '../pod-worker/pod-context.ts';
import type { Mount, ProcessHost } from '../processes/process-host.ts';

/** What a program in a container can see of where it runs. */
export function hostOf(view: View, row: ContainerRow): ProcessHost | undefined {
  const pod = view.rows.row('podWorkers', row.pod)?.pod;
  const container = pod && containerSpec(pod, row.name);
  if (!pod || !container) return undefined;
  const { settings, rows, chance } = view;
  const ip = rows.row('sandboxes', row.sandbox)?.ip ?? rows.row('machines', row.node)?.ip;
  const { image } = container;
  return {
    files: filesOf(view, row, container),
    mounts: mountsOf(container),
    image: imageOf(settings, image ?? '').behaviour,
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

function mountsOf({ volumeMounts = [] }: Container): Mount[] {
  return volumeMounts.map(({ mountPath, readOnly }) => ({
    path: trimmed(mountPath),
    readOnly: readOnly ?? false,
  }));
}

function trimmed(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

/** Where a path of a container lies: in a volume of its pod, or in the container's own layer. */
export function placeOf(
  row: ContainerRow,
  container: Container,
  path: string,
): { fileSystem: string; path: string } {
  let best: { readonly name: string; readonly at: string; readonly sub: string } | undefined;
  for (const { name, mountPath, subPath = '' } of container.volumeMounts ?? []) {
    const at = trimmed(mountPath);
    const isIn = path === at || path.startsWith(at === '/' ? '/' : `${at}/`);
    if (isIn && at.length >= (best?.at.length ?? 0))
      best = { name, at, sub: subPath === '' ? '' : `/${subPath}` };
  }
  if (!best) return { fileSystem: row.id, path };
  return { fileSystem: `${row.pod}/${best.name}`, path: best.sub + path.slice(best.at.length) };
}

function filesOf(view: View, row: ContainerRow, container: Container): Record<string, FileNode> {
  const files: Record<string, FileNode> = {};
  for (const { path, fileSystem: _, ...node } of view.rows.rowsBy('files', 'fileSystem', row.id))
    files[path] = node;
  for (const { name, mountPath, subPath = '' } of container.volumeMounts ?? []) {
    const at = trimmed(mountPath);
    files[at] ??= { kind: 'directory', mode: 0o777, modifiedAt: row.createdAt };
    const below = subPath === '' ? '' : `/${subPath}`;
    for (const { path, fileSystem: _, ...node } of view.rows.rowsBy(
      'files',
      'fileSystem',
      `${row.pod}/${name}`,
    )) {
      if (path === below || path.startsWith(`${below}/`)) files[at + path.slice(below.length)] = node;
    }
  }
  return files;
}
