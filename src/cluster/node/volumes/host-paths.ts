import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import { fileKey, hostFileSystem } from '../../contract/file-key.ts';
import type { PersistentVolume, PersistentVolumeClaim } from '../../objects/kubernetes.ts';
import { ephemeralClaimName } from '../../objects/pod-claims.ts';
import type { PodContext } from '../pod-worker/pod-context.ts';
import type { Unmounted } from './write-volumes.ts';

type Kind = 'nothing' | 'file' | 'directory' | 'socket' | 'character device' | 'block device';

/** Folders of every machine, besides those in which something has been written. */
const FOLDERS: readonly string[] = [
  ...['/', '/bin', '/boot', '/dev', '/etc', '/home', '/lib', '/lib64', '/media', '/mnt', '/opt', '/proc'],
  ...['/root', '/run', '/sbin', '/srv', '/sys', '/tmp', '/usr', '/var'],
  ...[
    '/dev/shm',
    '/etc/cni',
    '/etc/cni/net.d',
    '/etc/kubernetes',
    '/etc/ssl',
    '/etc/ssl/certs',
    '/lib/modules',
  ],
  ...[
    '/opt/cni',
    '/opt/cni/bin',
    '/run/containerd',
    '/sys/fs',
    '/sys/fs/bpf',
    '/sys/fs/cgroup',
    '/sys/kernel',
  ],
  ...['/sys/kernel/debug', '/usr/bin', '/usr/lib', '/usr/local', '/usr/local/bin', '/usr/share', '/usr/src'],
  ...[
    '/var/lib',
    '/var/lib/containerd',
    '/var/lib/kubelet',
    '/var/lib/kubelet/plugins',
    '/var/lib/kubelet/pods',
  ],
  ...[
    '/var/lib/kubelet/plugins_registry',
    '/var/lib/kubelet/device-plugins',
    '/var/log',
    '/var/log/containers',
  ],
  ...['/var/log/pods', '/var/run', '/var/tmp'],
];

/** What of every machine is neither a file nor a folder, or is a file that each has. */
const OTHERS: Readonly<Record<string, Kind>> = {
  '/dev/console': 'character device',
  '/dev/fuse': 'character device',
  '/dev/kmsg': 'character device',
  '/dev/null': 'character device',
  '/dev/random': 'character device',
  '/dev/sda': 'block device',
  '/dev/sda1': 'block device',
  '/dev/urandom': 'character device',
  '/dev/zero': 'character device',
  '/etc/hostname': 'file',
  '/etc/hosts': 'file',
  '/etc/localtime': 'file',
  '/etc/machine-id': 'file',
  '/etc/os-release': 'file',
  '/etc/passwd': 'file',
  '/etc/resolv.conf': 'file',
  '/run/containerd/containerd.sock': 'socket',
  '/run/xtables.lock': 'file',
  '/var/run/containerd/containerd.sock': 'socket',
  '/var/lib/kubelet/device-plugins/kubelet.sock': 'socket',
};

function kindOf({ rows }: View, node: string, path: string): Kind {
  const fileSystem = hostFileSystem(node);
  const row = rows.row('files', fileKey({ fileSystem, path }));
  if (row) return row.kind === 'removed' ? 'nothing' : row.kind === 'directory' ? 'directory' : 'file';
  if (FOLDERS.includes(path)) return 'directory';
  const known = OTHERS[path];
  if (known !== undefined) return known;
  const isWithin = (file: { readonly path: string; readonly kind: string }): boolean =>
    file.kind !== 'removed' && file.path.startsWith(`${path}/`);
  return rows.rowsBy('files', 'fileSystem', fileSystem).some(isWithin) ? 'directory' : 'nothing';
}

/** How a kind that was asked for is called where something else is found. */
const WORDS: Readonly<Record<string, string>> = {
  Directory: 'directory',
  File: 'file',
  Socket: 'socket file',
  CharDevice: 'character device',
  BlockDevice: 'block device',
};

const WANTED: Readonly<Record<string, Kind>> = {
  Directory: 'directory',
  File: 'file',
  Socket: 'socket',
  CharDevice: 'character device',
  BlockDevice: 'block device',
};

interface OnHost {
  /** Of the pod's volume. */
  readonly volume: string;
  /** As the volume is called in messages: a PersistentVolume by its own name. */
  readonly shown: string;
  readonly path: string;
  readonly type: string;
  readonly isLocal: boolean;
}

/**
 * Looks whether paths of the machine that the pod mounts are what its volumes say they are, and makes what is
 * to be made (kubelet: volume/hostpath/host_path.go checkType; volume/local: NewMounter).
 */
export function* checkHostPaths(context: PodContext): Doing<Unmounted[]> {
  const problems: Unmounted[] = [];
  for (const found of onHost(context)) {
    const problem = yield* check(context, found);
    if (problem === undefined) continue;
    const doing = found.isLocal ? 'MountVolume.NewMounter initialization' : 'MountVolume.SetUp';
    problems.push({
      volume: found.volume,
      problem,
      message: `${doing} failed for volume "${found.shown}" : ${problem}`,
    });
  }
  return problems;
}

function onHost({ pod, view, worker }: PodContext): readonly OnHost[] {
  return (pod.spec.volumes ?? []).flatMap((volume): readonly OnHost[] => {
    const { name, hostPath, persistentVolumeClaim, ephemeral } = volume;
    if (hostPath)
      return [{ volume: name, shown: name, path: hostPath.path, type: hostPath.type ?? '', isLocal: false }];
    const claimName = ephemeral ? ephemeralClaimName(pod, name) : persistentVolumeClaim?.claimName;
    if (claimName === undefined || worker.claimed?.[name] === undefined) return [];
    const claim = view.objects.get<PersistentVolumeClaim>(
      'persistentvolumeclaims',
      worker.namespace,
      claimName,
    );
    const shown = claim?.spec?.volumeName ?? '';
    const { spec } = view.objects.get<PersistentVolume>('persistentvolumes', undefined, shown) ?? {};
    const source = spec?.hostPath ?? spec?.local;
    if (!source) return [];
    const type = spec?.hostPath?.type ?? '';
    return [{ volume: name, shown, path: source.path, type, isLocal: spec?.local !== undefined }];
  });
}

function* check(context: PodContext, { path: given, type, isLocal }: OnHost): Doing<string | undefined> {
  const { view, node } = context;
  if (type === '' && !isLocal) return undefined;
  const path = given.length > 1 ? given.replace(/\/+$/, '') : given;
  const kind = kindOf(view, node, path);
  if (isLocal) return kind === 'nothing' ? `path "${given}" does not exist` : undefined;
  const basic = type.replace('OrCreate', '');
  if (kind === 'nothing' && type !== basic) {
    const parent = path.slice(0, path.lastIndexOf('/')) || '/';
    if (basic === 'File' && kindOf(view, node, parent) !== 'directory')
      return `open ${given}: no such file or directory`;
    yield* make(context, path, basic === 'File' ? 'file' : 'directory');
    return undefined;
  }
  return kind === WANTED[basic] ? undefined : `hostPath type check failed: ${given} is not a ${WORDS[basic]}`;
}

function* make({ node, key, now }: PodContext, path: string, kind: 'file' | 'directory'): Doing<void> {
  const made = kind === 'file' ? { kind, content: '', mode: 0o644 } : { kind, mode: 0o755 };
  yield {
    type: 'FileWritten',
    node,
    pod: key,
    fileSystem: hostFileSystem(node),
    path,
    ...made,
    modifiedAt: now,
  };
}
