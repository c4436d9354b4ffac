import { stringify } from 'yaml';
import { HEALTH_PORTS, type ProgramName } from '../contract/control-plane-rows.ts';
import { inVersion, type Since } from '../objects/versions.ts';
import { apiServerFlags, controllerManagerFlags, etcdFlags, flagWords, schedulerFlags } from './flags.ts';
import { etcdImage, kubernetesImage } from './images.ts';
import type { PlaneMachine } from './plane-machine.ts';

/**
 * The manifest that kubeadm writes for a program of the control plane, as text (kubeadm:
 * phases/controlplane/manifests.go, phases/etcd/local.go).
 */
export function staticPodManifest(program: ProgramName, machine: PlaneMachine): string {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...annotationsOf(program, machine),
      labels: { component: program, tier: 'control-plane' },
      name: program,
      namespace: 'kube-system',
    },
    spec: {
      containers: [containerOf(program, machine)],
      hostNetwork: true,
      ...inVersion(PRIORITY, machine.version),
      ...inVersion(SECCOMP, machine.version),
      volumes: VOLUMES[program].map(([name, path, type]) => ({ name, hostPath: { path, type } })),
    },
    status: {},
  };
  return stringify(pod, { indentSeq: false, lineWidth: 0, sortMapEntries: true });
}

const PRIORITY: Since<object> = [
  [0, { priorityClassName: 'system-node-critical' }],
  [24, { priority: 2_000_001_000, priorityClassName: 'system-node-critical' }],
];

const SECCOMP: Since<object> = [
  [0, {}],
  [22, { securityContext: { seccompProfile: { type: 'RuntimeDefault' } } }],
];

/** Since when probes name their port. */
const NAMES_PORT: Since<boolean> = [
  [0, false],
  [34, true],
];

function annotationsOf(program: ProgramName, { ip }: PlaneMachine): object {
  const key = program === 'etcd' ? 'etcd.advertise-client-urls' : 'kube-apiserver.advertise-address.endpoint';
  if (program !== 'etcd' && program !== 'kube-apiserver') return {};
  const value = program === 'etcd' ? `https://${ip}:2379` : `${ip}:6443`;
  return { annotations: { [`kubeadm.kubernetes.io/${key}`]: value } };
}

function containerOf(program: ProgramName, machine: PlaneMachine): object {
  const { version } = machine;
  const port = HEALTH_PORTS[program];
  return {
    command: commandOf(program, machine),
    image: program === 'etcd' ? etcdImage(version) : kubernetesImage(program, version),
    imagePullPolicy: 'IfNotPresent',
    ...probesOf(program, machine),
    name: program,
    ...(inVersion(NAMES_PORT, version) && {
      ports: [{ containerPort: port, name: 'probe-port', protocol: 'TCP' }],
    }),
    resources: { requests: REQUESTS[program] },
    volumeMounts: VOLUMES[program].map(([name, mountPath, , mode]) => ({
      mountPath,
      name,
      ...(mode === 'ro' && { readOnly: true }),
    })),
  };
}

function commandOf(program: ProgramName, machine: PlaneMachine): readonly string[] {
  const flags = {
    etcd: etcdFlags,
    'kube-apiserver': apiServerFlags,
    'kube-controller-manager': controllerManagerFlags,
    'kube-scheduler': schedulerFlags,
  }[program](machine);
  return [program, ...flagWords({ ...flags, ...machine.extraArgs?.[program] })];
}

const REQUESTS: Readonly<Record<ProgramName, object>> = {
  etcd: { cpu: '100m', memory: '100Mi' },
  'kube-apiserver': { cpu: '250m' },
  'kube-controller-manager': { cpu: '200m' },
  'kube-scheduler': { cpu: '100m' },
};

interface Paths {
  readonly live: string;
  readonly ready?: string;
  readonly start: string;
}

/** Where each says how it is (kubeadm: util/staticpod/utils.go, and its history). */
const HEALTH: Readonly<Record<ProgramName, Since<Paths>>> = {
  etcd: [
    [0, { live: '/health', start: '/health' }],
    [27, { live: '/health?exclude=NOSPACE&serializable=true', start: '/health?serializable=false' }],
    [33, { live: '/livez', ready: '/readyz', start: '/readyz' }],
  ],
  'kube-apiserver': [[0, { live: '/livez', ready: '/readyz', start: '/livez' }]],
  'kube-controller-manager': [[0, { live: '/healthz', start: '/healthz' }]],
  'kube-scheduler': [
    [0, { live: '/healthz', start: '/healthz' }],
    [33, { live: '/livez', ready: '/readyz', start: '/livez' }],
  ],
};

function probesOf(program: ProgramName, { ip, version }: PlaneMachine): object {
  const { live, ready, start } = inVersion(HEALTH[program], version);
  const get = (path: string): object => ({
    httpGet: {
      host: program === 'kube-apiserver' ? ip : '127.0.0.1',
      path,
      port: inVersion(NAMES_PORT, version) ? 'probe-port' : HEALTH_PORTS[program],
      scheme: program === 'etcd' ? 'HTTP' : 'HTTPS',
    },
    timeoutSeconds: 15,
  });
  const slow = { initialDelaySeconds: 10, periodSeconds: 10 };
  return {
    livenessProbe: { failureThreshold: 8, ...get(live), ...slow },
    ...(ready !== undefined && { readinessProbe: { failureThreshold: 3, ...get(ready), periodSeconds: 1 } }),
    startupProbe: { failureThreshold: 24, ...get(start), ...slow },
  };
}

type Mounted = readonly [name: string, path: string, type: string, mode: 'ro' | 'rw'];

const CERTIFICATES: readonly Mounted[] = [
  ['ca-certs', '/etc/ssl/certs', 'DirectoryOrCreate', 'ro'],
  ['etc-ca-certificates', '/etc/ca-certificates', 'DirectoryOrCreate', 'ro'],
  ['k8s-certs', '/etc/kubernetes/pki', 'DirectoryOrCreate', 'ro'],
  ['usr-local-share-ca-certificates', '/usr/local/share/ca-certificates', 'DirectoryOrCreate', 'ro'],
  ['usr-share-ca-certificates', '/usr/share/ca-certificates', 'DirectoryOrCreate', 'ro'],
];

const FLEX = '/usr/libexec/kubernetes/kubelet-plugins/volume/exec';

const VOLUMES: Readonly<Record<ProgramName, readonly Mounted[]>> = {
  etcd: [
    ['etcd-certs', '/etc/kubernetes/pki/etcd', 'DirectoryOrCreate', 'rw'],
    ['etcd-data', '/var/lib/etcd', 'DirectoryOrCreate', 'rw'],
  ],
  'kube-apiserver': CERTIFICATES,
  'kube-controller-manager': [
    ...CERTIFICATES,
    ['flexvolume-dir', FLEX, 'DirectoryOrCreate', 'rw'],
    ['kubeconfig', '/etc/kubernetes/controller-manager.conf', 'FileOrCreate', 'ro'],
  ],
  'kube-scheduler': [['kubeconfig', '/etc/kubernetes/scheduler.conf', 'FileOrCreate', 'ro']],
};
