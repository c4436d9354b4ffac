import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import { fileKey, hostFileSystem } from '../../contract/file-key.ts';
import type { PodContext } from '../pod-worker/pod-context.ts';
import type { Unmounted } from './write-volumes.ts';

type Kind = 'nothing' | 'file' | 'directory' | 'socket' | 'character device' | 'block device';

/** Folders of every machine, besides those in which something has been written. */
const FOLDERS: ReadonlySet<string> = new Set(
  `
/ /bin /boot /dev /dev/shm /etc /etc/ca-certificates /etc/cni /etc/cni/net.d /etc/kubernetes /etc/ssl
/etc/ssl/certs /home /lib /lib/modules /lib64 /media /mnt /opt /opt/cni /opt/cni/bin /proc /root /run
/run/containerd /sbin /srv /sys /sys/fs /sys/fs/bpf /sys/fs/cgroup /sys/kernel /sys/kernel/debug /tmp /usr
/usr/bin /usr/lib /usr/libexec/kubernetes/kubelet-plugins/volume/exec /usr/local /usr/local/bin
/usr/local/share /usr/local/share/ca-certificates /usr/share /usr/share/ca-certificates /usr/src /var
/var/lib /var/lib/containerd /var/lib/kubelet /var/lib/kubelet/device-plugins /var/lib/kubelet/plugins
/var/lib/kubelet/plugins_registry /var/lib/kubelet/pods /var/log /var/log/containers /var/log/pods /var/run
/var/tmp
`
    .trim()
    .split(/\s+/),
);

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
  if (FOLDERS.has(path)) return 'directory';
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

/** A path of the machine that a volume is. */
export interface PathOnHost {
  /** The volume's name in the pod, and as messages call it: a PersistentVolume by its own. */
  readonly volume: string;
  readonly shown: string;
  readonly path: string;
  readonly type: string;
  readonly isLocal: boolean;
}

/**
 * Looks whether the paths of the machine that a pod names are what it says they are, and makes what is to be
 * made.
 */
export function* checkHostPaths(context: PodContext): Doing<Unmounted[]> {
  const problems: Unmounted[] = [];
  for (const { name, hostPath } of context.pod.spec.volumes ?? []) {
    if (!hostPath?.type) continue;
    const { path, type } = hostPath;
    const problem = yield* checkPath(context, { volume: name, shown: name, path, type, isLocal: false });
    if (problem) problems.push(problem);
  }
  return problems;
}

/** Why a volume can't be mounted; undefined if it can (kubelet: volume/hostpath checkType, volume/local). */
export function* checkPath(context: PodContext, on: PathOnHost): Doing<Unmounted | undefined> {
  const { volume, shown, path: given, type, isLocal } = on;
  const { view, node } = context;
  const path = given.length > 1 ? given.replace(/\/+$/, '') : given;
  if (isLocal) {
    if (kindOf(view, node, path) !== 'nothing') return undefined;
    const problem = `path "${given}" does not exist`;
    const message = `MountVolume.NewMounter initialization failed for volume "${shown}" : ${problem}`;
    return { volume, problem, message };
  }
  const problem = type === '' ? undefined : yield* checkType(context, { given, path, type });
  if (problem === undefined) return undefined;
  return { volume, problem, message: `MountVolume.SetUp failed for volume "${shown}" : ${problem}` };
}

interface Typed {
  /** As the volume has it, and without a slash at its end. */
  readonly given: string;
  readonly path: string;
  readonly type: string;
}

function* checkType(context: PodContext, { given, path, type }: Typed): Doing<string | undefined> {
  const { view, node } = context;
  const kind = kindOf(view, node, path);
  const basic = type.replace('OrCreate', '');
  if (kind !== 'nothing' || type === basic)
    return kind === WANTED[basic]
      ? undefined
      : `hostPath type check failed: ${given} is not a ${WORDS[basic]}`;
  const parent = path.slice(0, path.lastIndexOf('/')) || '/';
  if (basic === 'File' && kindOf(view, node, parent) !== 'directory')
    return `open ${given}: no such file or directory`;
  yield* make(context, path, basic === 'File' ? 'file' : 'directory');
  return undefined;
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
