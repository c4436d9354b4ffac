import { kubeadmConfig } from '../../kubeadm/cluster-config.ts';
import { KUBELET_CONFIG } from '../../kubeadm/machine-files.ts';
import type { KubeVersion } from '../../objects/versions.ts';
import { atOnce } from '../at-once.ts';
import type { Command } from './command.ts';
import { texts } from './flags.ts';
import { packageVersionOf } from './package-version.ts';

const FLAGS = texts('component-configs');

/**
 * `kubeadm config print init-defaults` (kubeadm: cmd/config.go): what a file may say, and says by default.
 */
export const printInitDefaults: Command = {
  flags: FLAGS,
  run: atOnce((call, flags) => {
    const version = packageVersionOf(call, 'kubeadm');
    const cluster = clusterDefaults(version);
    const kubelet = flags.text('component-configs').includes('KubeletConfiguration')
      ? `---\n${KUBELET_CONFIG}`
      : '';
    call.write('stdout', `${initDefaults(version)}---\n${cluster}${kubelet}`);
    return { exitCode: 0 };
  }),
};

export const printJoinDefaults: Command = {
  flags: FLAGS,
  run: atOnce((call) => {
    call.write('stdout', joinDefaults(packageVersionOf(call, 'kubeadm')));
    return { exitCode: 0 };
  }),
};

const TOKEN = 'abcdef.0123456789abcdef';

/** Since v1beta4 there is more to be said. */
function isLong({ minor }: KubeVersion): boolean {
  return minor >= 31;
}

function apiVersion(version: KubeVersion): string {
  return /^apiVersion: .*$/m.exec(clusterText(version))?.[0] ?? '';
}

function clusterText(version: KubeVersion): string {
  return kubeadmConfig(version).data?.['ClusterConfiguration'] ?? '';
}

function clusterDefaults(version: KubeVersion): string {
  const text = clusterText(version).replace(
    /^kubernetesVersion: .*$/m,
    `kubernetesVersion: 1.${version.minor}.0`,
  );
  if (!isLong(version)) return text;
  return text
    .replace('apiServer:\n  timeoutForControlPlane: 4m0s\n', 'apiServer: {}\n')
    .replace(
      'certificatesDir:',
      'caCertificateValidityPeriod: 87600h0m0s\ncertificateValidityPeriod: 8760h0m0s\ncertificatesDir:',
    )
    .replace('etcd:\n', 'encryptionAlgorithm: RSA-2048\netcd:\n')
    .replace('scheduler: {}', 'proxy: {}\nscheduler: {}');
}

function registration(version: KubeVersion): string {
  return `nodeRegistration:
  criSocket: unix:///var/run/containerd/containerd.sock
  imagePullPolicy: IfNotPresent
${isLong(version) ? '  imagePullSerial: true\n' : ''}  name: node
  taints: null
`;
}

function timeouts(version: KubeVersion): string {
  if (!isLong(version)) return '';
  return `timeouts:
  controlPlaneComponentHealthCheck: 4m0s
  discovery: 5m0s
  etcdAPICall: 2m0s
  kubeletHealthCheck: 4m0s
  kubernetesAPICall: 1m0s
  tlsBootstrap: 5m0s
  upgradeManifests: 5m0s
`;
}

function initDefaults(version: KubeVersion): string {
  return `${apiVersion(version)}
bootstrapTokens:
- groups:
  - system:bootstrappers:kubeadm:default-node-token
  token: ${TOKEN}
  ttl: 24h0m0s
  usages:
  - signing
  - authentication
kind: InitConfiguration
localAPIEndpoint:
  advertiseAddress: 1.2.3.4
  bindPort: 6443
${registration(version)}${timeouts(version)}`;
}

function joinDefaults(version: KubeVersion): string {
  return `${apiVersion(version)}
caCertPath: /etc/kubernetes/pki/ca.crt
discovery:
  bootstrapToken:
    apiServerEndpoint: kube-apiserver:6443
    token: ${TOKEN}
    unsafeSkipCAVerification: true
${isLong(version) ? '' : '  timeout: 5m0s\n'}  tlsBootstrapToken: ${TOKEN}
kind: JoinConfiguration
${registration(version)}${timeouts(version)}`;
}
