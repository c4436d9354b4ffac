import type { RowReader } from '../contract/reader.ts';
import type { ClusterSettings } from '../contract/settings.ts';
import { formatKubeVersion, inVersion, type KubeVersion, type Since } from '../objects/versions.ts';
import { serverVersion } from './installs.ts';

/**
 * How many minor versions a program may be older than the API server that it asks (Kubernetes: version skew
 * policy).
 */
const OLDER: Readonly<Record<'kubelet' | 'other', Since<number>>> = {
  kubelet: [
    [0, 2],
    [28, 3],
  ],
  other: [[0, 1]],
};

interface Skewed {
  /** `the kubelet of node-1` */
  readonly who: string;
  readonly program: 'kubelet' | 'kube-controller-manager' | 'kube-scheduler';
  readonly version: KubeVersion;
}

/**
 * What is to be told of a program that starts and is newer than its API server, or too old for it. No server
 * refuses it, and nobody has tried what comes of it.
 */
export function skewNotice(
  rows: RowReader,
  settings: ClusterSettings,
  { who, program, version }: Skewed,
): { readonly type: 'NoticeGiven'; readonly about: string; readonly message: string } | undefined {
  const server = serverVersion(rows, settings);
  const most = inVersion(OLDER[program === 'kubelet' ? 'kubelet' : 'other'], server);
  const isNewer = version.minor > server.minor;
  if (!isNewer && server.minor - version.minor <= most) return undefined;
  const many = `${most} minor version${most === 1 ? '' : 's'}`;
  const why = isNewer ? 'newer than' : `more than ${many} older than`;
  const message =
    `${who} is ${formatKubeVersion(version)}, ${why} the API server (${formatKubeVersion(server)}): ` +
    'Kubernetes does not support that skew and does not refuse it either; each does as its own version does';
  return { type: 'NoticeGiven', about: 'version skew', message };
}
