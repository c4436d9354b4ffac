import { parseAllDocuments } from 'yaml';
import type { ProgramName } from '../contract/control-plane-rows.ts';
import { isObject } from '../objects/json.ts';

/** What a configuration file of kubeadm's asks for, as flags of its commands ask for it. */
export interface Setup {
  /** By the names of the flags. */
  readonly flags: Readonly<Record<string, string>>;
  /** Flags that programs get besides those that kubeadm gives them. */
  readonly extraArgs: ExtraArgs;
  /** Fields that change nothing here: `ClusterConfiguration.dns`. */
  readonly unheeded: readonly string[];
  /** API versions of kubeadm's that are used: `v1beta3`. */
  readonly versions: readonly { readonly version: string; readonly kind: string }[];
}

export type ExtraArgs = Readonly<Partial<Record<ProgramName, Readonly<Record<string, string>>>>>;

/** Where a flag stands in a file: `kind`, then the fields (kubeadm: apis/kubeadm/v1beta4/types.go). */
const FLAGS: Readonly<Record<string, string>> = {
  'ClusterConfiguration.kubernetesVersion': 'kubernetes-version',
  'ClusterConfiguration.controlPlaneEndpoint': 'control-plane-endpoint',
  'ClusterConfiguration.networking.podSubnet': 'pod-network-cidr',
  'ClusterConfiguration.networking.serviceSubnet': 'service-cidr',
  'ClusterConfiguration.networking.dnsDomain': 'service-dns-domain',
  'ClusterConfiguration.imageRepository': 'image-repository',
  'ClusterConfiguration.apiServer.certSANs': 'apiserver-cert-extra-sans',
  'InitConfiguration.bootstrapTokens.0.token': 'token',
  'InitConfiguration.bootstrapTokens.0.ttl': 'token-ttl',
  'InitConfiguration.certificateKey': 'certificate-key',
  'InitConfiguration.localAPIEndpoint.advertiseAddress': 'apiserver-advertise-address',
  'InitConfiguration.localAPIEndpoint.bindPort': 'apiserver-bind-port',
  'InitConfiguration.nodeRegistration.name': 'node-name',
  'InitConfiguration.nodeRegistration.criSocket': 'cri-socket',
  'InitConfiguration.skipPhases': 'skip-phases',
  'JoinConfiguration.discovery.bootstrapToken.token': 'token',
  'JoinConfiguration.discovery.bootstrapToken.apiServerEndpoint': 'endpoint',
  'JoinConfiguration.discovery.bootstrapToken.caCertHashes': 'discovery-token-ca-cert-hash',
  'JoinConfiguration.discovery.bootstrapToken.unsafeSkipCAVerification':
    'discovery-token-unsafe-skip-ca-verification',
  'JoinConfiguration.discovery.tlsBootstrapToken': 'tls-bootstrap-token',
  'JoinConfiguration.controlPlane.certificateKey': 'certificate-key',
  'JoinConfiguration.nodeRegistration.name': 'node-name',
  'JoinConfiguration.nodeRegistration.criSocket': 'cri-socket',
  'JoinConfiguration.skipPhases': 'skip-phases',
};

/** Fields that say what is so anyway. */
const MATTERLESS =
  /^\w+\.(?:apiVersion|kind|certificatesDir|clusterName|caCertPath|controlPlane|bootstrapTokens\.0\.(?:groups|usages|description)|discovery\.(?:timeout)|etcd\.local\.dataDir|apiServer\.timeoutForControlPlane|nodeRegistration\.(?:imagePullPolicy|imagePullSerial|taints|ignorePreflightErrors)|timeouts|encryptionAlgorithm|certificateValidityPeriod|caCertificateValidityPeriod|proxy|(?:controllerManager|scheduler|dns|apiServer))$/;

const SECTIONS: Readonly<Record<string, ProgramName>> = {
  'ClusterConfiguration.apiServer.extraArgs': 'kube-apiserver',
  'ClusterConfiguration.controllerManager.extraArgs': 'kube-controller-manager',
  'ClusterConfiguration.scheduler.extraArgs': 'kube-scheduler',
  'ClusterConfiguration.etcd.local.extraArgs': 'etcd',
};

/** Reads the documents of a file that are kubeadm's; others (KubeletConfiguration) are named as unheeded. */
export function readSetup(text: string): Setup | { readonly problem: string } {
  const flags: Record<string, string> = {};
  const extraArgs: Partial<Record<ProgramName, Readonly<Record<string, string>>>> = {};
  const unheeded: string[] = [];
  const versions: { version: string; kind: string }[] = [];
  for (const document of parseAllDocuments(text)) {
    const [error] = document.errors;
    if (error) return { problem: `error converting YAML to JSON: yaml: ${error.message.split('\n')[0]}` };
    const value: unknown = document.toJS();
    if (!isObject(value)) continue;
    const { kind, apiVersion } = value as { readonly kind?: unknown; readonly apiVersion?: unknown };
    if (typeof kind !== 'string' || typeof apiVersion !== 'string')
      return {
        problem: 'invalid configuration: kind and apiVersion is mandatory information that must be specified',
      };
    if (!apiVersion.startsWith('kubeadm.k8s.io/')) {
      unheeded.push(kind);
      continue;
    }
    versions.push({ version: apiVersion.slice('kubeadm.k8s.io/'.length), kind });
    takeFields(value, kind, { flags, extraArgs, unheeded });
  }
  return { flags, extraArgs, unheeded, versions };
}

interface Taken {
  readonly flags: Record<string, string>;
  readonly extraArgs: Partial<Record<ProgramName, Readonly<Record<string, string>>>>;
  readonly unheeded: string[];
}

function takeFields(value: unknown, path: string, taken: Taken): void {
  const program = SECTIONS[path];
  if (program) {
    taken.extraArgs[program] = argsIn(value);
    return;
  }
  const flag = FLAGS[path];
  if (flag !== undefined) {
    if (value !== null && value !== '')
      taken.flags[flag] = Array.isArray(value) ? value.join(',') : String(value);
    return;
  }
  if (
    MATTERLESS.test(path) &&
    !(isObject(value) && Object.keys(value).length > 0 && /Manager$|scheduler$|apiServer$/.test(path))
  )
    return;
  if (Array.isArray(value) || isObject(value)) {
    for (const [key, each] of Object.entries(value)) takeFields(each, `${path}.${key}`, taken);
    return;
  }
  taken.unheeded.push(path);
}

/** A map until v1beta3, since then a list of names and values. */
function argsIn(value: unknown): Readonly<Record<string, string>> {
  if (Array.isArray(value))
    return Object.fromEntries(
      value.filter(isObject).map((each) => [String(each['name']), String(each['value'] ?? '')]),
    );
  if (!isObject(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, String(each)]));
}

/** What a control plane's machines are set up by, as the cluster's own configuration has it. */
export function setupInCluster(clusterConfiguration: string): {
  readonly podCidr: string;
  readonly extraArgs: ExtraArgs;
} {
  const read = readSetup(clusterConfiguration);
  if ('problem' in read) return { podCidr: '', extraArgs: {} };
  return { podCidr: read.flags['pod-network-cidr'] ?? '', extraArgs: read.extraArgs };
}
