import type { ProgramName } from '../contract/control-plane-rows.ts';
import type { ConfigMap } from '../objects/kubernetes.ts';
import { formatKubeVersion, inVersion, type KubeVersion, type Since } from '../objects/versions.ts';
import { KUBELET_CONFIG } from './machine-files.ts';
import type { ExtraArgs } from './setup.ts';

/** kubeadm's own API. */
const API: Since<string> = [
  [0, 'v1beta2'],
  [22, 'v1beta3'],
  [31, 'v1beta4'],
];

const REGISTRY: Since<string> = [
  [0, 'k8s.gcr.io'],
  [25, 'registry.k8s.io'],
];

/** The name under which kubelets' configuration is kept; before 1.24 it bore the version. */
function kubeletConfigName(version: KubeVersion): string {
  return version.minor < 24 ? `kubelet-config-1.${version.minor}` : 'kubelet-config';
}

/** The ConfigMap in which kubeadm remembers how the cluster was set up. */
export function kubeadmConfig(version: KubeVersion, asked: Asked = {}): ConfigMap {
  const { endpoint, podCidr = '', extraArgs = {} } = asked;
  const section = (name: string, program: ProgramName, indent = ''): string =>
    sectionText(name, { args: extraArgs[program] ?? {}, version, indent });
  const text = `apiServer:${argsText(extraArgs['kube-apiserver'] ?? {}, version, '  ')}
  timeoutForControlPlane: 4m0s
apiVersion: kubeadm.k8s.io/${inVersion(API, version)}
certificatesDir: /etc/kubernetes/pki
clusterName: kubernetes
${endpoint === undefined ? '' : `controlPlaneEndpoint: ${endpoint}\n`}${section('controllerManager', 'kube-controller-manager')}
dns: {}
etcd:
  local:
    dataDir: /var/lib/etcd${argsText(extraArgs.etcd ?? {}, version, '    ')}
imageRepository: ${inVersion(REGISTRY, version)}
kind: ClusterConfiguration
kubernetesVersion: ${formatKubeVersion(version)}
networking:
  dnsDomain: cluster.local
${podCidr === '' ? '' : `  podSubnet: ${podCidr}\n`}  serviceSubnet: 10.96.0.0/12
${section('scheduler', 'kube-scheduler')}
`;
  return configMap('kubeadm-config', { ClusterConfiguration: text });
}

/** What somebody asked for when he set the cluster up. */
interface Asked {
  readonly endpoint?: string | undefined;
  /** Empty, as absent: nothing. */
  readonly podCidr?: string;
  readonly extraArgs?: ExtraArgs;
}

interface Section {
  readonly args: Readonly<Record<string, string>>;
  readonly version: KubeVersion;
  readonly indent: string;
}

function sectionText(name: string, { args, version, indent }: Section): string {
  const text = argsText(args, version, `${indent}  `);
  return `${indent}${name}:${text === '' ? ' {}' : text}`;
}

/** A map until v1beta3, since then a list. */
function argsText(args: Section['args'], version: KubeVersion, indent: string): string {
  const names = Object.keys(args).sort();
  if (names.length === 0) return '';
  const isList = version.minor >= 31;
  const lines = names.map((name) =>
    isList
      ? `${indent}- name: ${name}\n${indent}  value: ${JSON.stringify(args[name])}`
      : `${indent}  ${name}: ${JSON.stringify(args[name])}`,
  );
  return `\n${indent}extraArgs:\n${lines.join('\n')}`;
}

export function kubeletConfig(version: KubeVersion): ConfigMap {
  return configMap(kubeletConfigName(version), { kubelet: KUBELET_CONFIG });
}

function configMap(name: string, data: Readonly<Record<string, string>>): ConfigMap {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'kube-system' },
    data: { ...data },
  };
}
