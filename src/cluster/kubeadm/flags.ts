import { inVersion, type Since } from '../objects/versions.ts';
import type { PlaneMachine } from './plane-machine.ts';

type Flags = Readonly<Record<string, string>>;

const PKI = '/etc/kubernetes/pki';

/** As they stand in a command, in the order of their names. */
export function flagWords(flags: Flags): readonly string[] {
  return Object.keys(flags)
    .sort()
    .map((flag) => `--${flag}=${flags[flag]}`);
}

/** The port without encryption, which there was until 1.23 and 1.24, is shut. */
const INSECURE: Since<Readonly<Record<'server' | 'others', Flags>>> = [
  [0, { server: { 'insecure-port': '0' }, others: { port: '0' } }],
  [22, { server: {}, others: {} }],
];

/** kubeadm: phases/controlplane/manifests.go getAPIServerCommand. */
export function apiServerFlags({ ip, version }: PlaneMachine): Flags {
  return {
    'advertise-address': ip,
    'allow-privileged': 'true',
    'authorization-mode': 'Node,RBAC',
    'client-ca-file': `${PKI}/ca.crt`,
    'enable-admission-plugins': 'NodeRestriction',
    'enable-bootstrap-token-auth': 'true',
    'etcd-cafile': `${PKI}/etcd/ca.crt`,
    'etcd-certfile': `${PKI}/apiserver-etcd-client.crt`,
    'etcd-keyfile': `${PKI}/apiserver-etcd-client.key`,
    'etcd-servers': 'https://127.0.0.1:2379',
    ...inVersion(INSECURE, version).server,
    'kubelet-client-certificate': `${PKI}/apiserver-kubelet-client.crt`,
    'kubelet-client-key': `${PKI}/apiserver-kubelet-client.key`,
    'kubelet-preferred-address-types': 'InternalIP,ExternalIP,Hostname',
    'proxy-client-cert-file': `${PKI}/front-proxy-client.crt`,
    'proxy-client-key-file': `${PKI}/front-proxy-client.key`,
    'requestheader-allowed-names': 'front-proxy-client',
    'requestheader-client-ca-file': `${PKI}/front-proxy-ca.crt`,
    'requestheader-extra-headers-prefix': 'X-Remote-Extra-',
    'requestheader-group-headers': 'X-Remote-Group',
    'requestheader-username-headers': 'X-Remote-User',
    'secure-port': '6443',
    'service-account-issuer': 'https://kubernetes.default.svc.cluster.local',
    'service-account-key-file': `${PKI}/sa.pub`,
    'service-account-signing-key-file': `${PKI}/sa.key`,
    'service-cluster-ip-range': '10.96.0.0/12',
    'tls-cert-file': `${PKI}/apiserver.crt`,
    'tls-private-key-file': `${PKI}/apiserver.key`,
  };
}

export function controllerManagerFlags({ version, podCidr = '10.88.0.0/16' }: PlaneMachine): Flags {
  const config = '/etc/kubernetes/controller-manager.conf';
  return {
    ...(podCidr !== '' && { 'allocate-node-cidrs': 'true' }),
    'authentication-kubeconfig': config,
    'authorization-kubeconfig': config,
    'bind-address': '127.0.0.1',
    'client-ca-file': `${PKI}/ca.crt`,
    ...(podCidr !== '' && { 'cluster-cidr': podCidr }),
    'cluster-name': 'kubernetes',
    'cluster-signing-cert-file': `${PKI}/ca.crt`,
    'cluster-signing-key-file': `${PKI}/ca.key`,
    controllers: '*,bootstrapsigner,tokencleaner',
    kubeconfig: config,
    'leader-elect': 'true',
    ...inVersion(INSECURE, version).others,
    'requestheader-client-ca-file': `${PKI}/front-proxy-ca.crt`,
    'root-ca-file': `${PKI}/ca.crt`,
    'service-account-private-key-file': `${PKI}/sa.key`,
    'service-cluster-ip-range': '10.96.0.0/12',
    'use-service-account-credentials': 'true',
  };
}

export function schedulerFlags({ version }: PlaneMachine): Flags {
  const config = '/etc/kubernetes/scheduler.conf';
  return {
    'authentication-kubeconfig': config,
    'authorization-kubeconfig': config,
    'bind-address': '127.0.0.1',
    kubeconfig: config,
    'leader-elect': 'true',
    ...inVersion(INSECURE, version).others,
  };
}

/** What kubeadm sets besides, by the series of etcd. */
const ETCD_EXTRAS: Since<Flags> = [
  [0, {}],
  [22, { 'experimental-initial-corrupt-check': 'true' }],
  [27, { 'experimental-initial-corrupt-check': 'true', 'experimental-watch-progress-notify-interval': '5s' }],
  [34, { 'feature-gates': 'InitialCorruptCheck=true', 'watch-progress-notify-interval': '5s' }],
];

/** kubeadm: phases/etcd/local.go getEtcdCommand. */
export function etcdFlags({ node, ip, version, members }: PlaneMachine): Flags {
  const pki = `${PKI}/etcd`;
  const cluster = { ...members, [node]: ip };
  const isFirst = Object.keys(cluster)[0] === node;
  return {
    'advertise-client-urls': `https://${ip}:2379`,
    'cert-file': `${pki}/server.crt`,
    'client-cert-auth': 'true',
    'data-dir': '/var/lib/etcd',
    ...inVersion(ETCD_EXTRAS, version),
    'initial-advertise-peer-urls': `https://${ip}:2380`,
    'initial-cluster': Object.entries(cluster)
      .map(([name, address]) => `${name}=https://${address}:2380`)
      .join(','),
    ...(isFirst ? {} : { 'initial-cluster-state': 'existing' }),
    'key-file': `${pki}/server.key`,
    'listen-client-urls': `https://127.0.0.1:2379,https://${ip}:2379`,
    'listen-metrics-urls': 'http://127.0.0.1:2381',
    'listen-peer-urls': `https://${ip}:2380`,
    name: node,
    'peer-cert-file': `${pki}/peer.crt`,
    'peer-client-cert-auth': 'true',
    'peer-key-file': `${pki}/peer.key`,
    'peer-trusted-ca-file': `${pki}/ca.crt`,
    'snapshot-count': '10000',
    'trusted-ca-file': `${pki}/ca.crt`,
  };
}

/** Flags that a program knows besides those that kubeadm sets, and that people set in manifests. */
const MORE_FLAGS: Readonly<Record<string, readonly string[]>> = {
  'kube-apiserver':
    'v vmodule feature-gates etcd-prefix event-ttl disable-admission-plugins admission-control-config-file audit-log-path audit-log-maxage audit-log-maxbackup audit-log-maxsize audit-policy-file anonymous-auth bind-address max-requests-inflight max-mutating-requests-inflight profiling request-timeout runtime-config service-node-port-range tls-cipher-suites tls-min-version token-auth-file encryption-provider-config default-not-ready-toleration-seconds default-unreachable-toleration-seconds watch-cache oidc-issuer-url oidc-client-id etcd-compaction-interval external-hostname apiserver-count endpoint-reconciler-type goaway-chance kubernetes-service-node-port authorization-config authentication-config logging-format shutdown-delay-duration cert-dir insecure-port'.split(
      ' ',
    ),
  'kube-controller-manager':
    'v vmodule feature-gates profiling secure-port node-monitor-grace-period node-monitor-period pod-eviction-timeout terminated-pod-gc-threshold node-cidr-mask-size concurrent-deployment-syncs concurrent-replicaset-syncs horizontal-pod-autoscaler-sync-period kube-api-qps kube-api-burst leader-elect-lease-duration leader-elect-renew-deadline leader-elect-retry-period leader-elect-resource-lock leader-elect-resource-name leader-elect-resource-namespace cloud-provider cluster-signing-duration logging-format node-eviction-rate large-cluster-size-threshold unhealthy-zone-threshold secondary-node-eviction-rate attach-detach-reconcile-sync-period port tls-cert-file tls-private-key-file'.split(
      ' ',
    ),
  'kube-scheduler':
    'v vmodule feature-gates config profiling secure-port kube-api-qps kube-api-burst leader-elect-lease-duration leader-elect-renew-deadline leader-elect-retry-period leader-elect-resource-lock leader-elect-resource-name leader-elect-resource-namespace logging-format pod-max-in-unschedulable-pods-duration port master client-ca-file tls-cert-file tls-private-key-file write-config-to requestheader-client-ca-file'.split(
      ' ',
    ),
  etcd: 'quota-backend-bytes auto-compaction-mode auto-compaction-retention heartbeat-interval election-timeout max-snapshots max-wals wal-dir initial-cluster-state initial-cluster-token force-new-cluster log-level logger metrics max-request-bytes max-txn-ops enable-v2 experimental-initial-corrupt-check experimental-watch-progress-notify-interval auto-tls peer-auto-tls discovery enable-pprof strict-reconfig-check unsafe-no-fsync cipher-suites proxy'.split(
    ' ',
  ),
};

/** Whether a program of a version knows a flag. */
export function knowsFlag(program: string, flag: string, machine: PlaneMachine): boolean {
  const own: Readonly<Record<string, (machine: PlaneMachine) => Flags>> = {
    etcd: etcdFlags,
    'kube-apiserver': apiServerFlags,
    'kube-controller-manager': controllerManagerFlags,
    'kube-scheduler': schedulerFlags,
  };
  return flag in (own[program]?.(machine) ?? {}) || (MORE_FLAGS[program] ?? []).includes(flag);
}
