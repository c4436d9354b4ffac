import type { ConfigMap } from '../objects/kubernetes.ts';
import { formatKubeVersion, inVersion, type KubeVersion, type Since } from '../objects/versions.ts';
import { KUBELET_CONFIG } from './machine-files.ts';

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
export function kubeadmConfig(version: KubeVersion, endpoint?: string): ConfigMap {
  const text = `apiServer:
  timeoutForControlPlane: 4m0s
apiVersion: kubeadm.k8s.io/${inVersion(API, version)}
certificatesDir: /etc/kubernetes/pki
clusterName: kubernetes
${endpoint === undefined ? '' : `controlPlaneEndpoint: ${endpoint}\n`}controllerManager: {}
dns: {}
etcd:
  local:
    dataDir: /var/lib/etcd
imageRepository: ${inVersion(REGISTRY, version)}
kind: ClusterConfiguration
kubernetesVersion: ${formatKubeVersion(version)}
networking:
  dnsDomain: cluster.local
  serviceSubnet: 10.96.0.0/12
scheduler: {}
`;
  return configMap('kubeadm-config', { ClusterConfiguration: text });
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
