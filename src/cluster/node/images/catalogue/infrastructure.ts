import type { Answer, Listener, PortSource, ProgramDefinition } from '../program-definition.ts';
import { type CatalogueEntry, mebibytes } from './catalogue-entry.ts';

interface Service {
  readonly repositories: readonly string[];
  readonly command: string;
  readonly mebibytes: number;
  /** Ports on which it answers by HTTP. */
  readonly http?: readonly PortSource[];
  readonly tcp?: readonly PortSource[];
  /** Where it answers by HTTP, and gRPC's health service. */
  readonly any?: readonly PortSource[];
  readonly answers?: readonly Answer[];
  readonly startupMs?: number;
  readonly memoryMebibytes?: number;
  readonly userland?: 'gnu' | 'busybox' | 'none';
  readonly code?: number;
}

const service = (of: Service): CatalogueEntry => ({
  repositories: of.repositories,
  image: {
    sizeBytes: mebibytes(of.mebibytes),
    entrypoint: [of.command],
    userland: of.userland ?? 'none',
    hasMore: true,
    program: programOf(of),
  },
});

function programOf({
  http = [],
  tcp = [],
  any = [],
  answers = [{}],
  startupMs = 300,
  memoryMebibytes = 30,
  code = 0,
}: Service): ProgramDefinition {
  const ends = { code, afterMs: 50 };
  const listens: Listener[] = [
    ...http.map((port): Listener => ({ port, protocol: 'http', answers })),
    ...tcp.map((port): Listener => ({ port, protocol: 'tcp' })),
    ...any.map((port): Listener => ({ port, protocol: 'any', answers })),
  ];
  return {
    startupMs,
    listens,
    onSignal: { TERM: ends, INT: ends },
    memory: [{ atMs: 0, bytes: mebibytes(memoryMebibytes) }],
  };
}

/** Whatever is asked how it is. */
const OK: readonly Answer[] = [{ body: 'ok' }];

/** What runs in clusters besides applications. Each is there, answers where it is asked, and ends well. */
export const infrastructure: readonly CatalogueEntry[] = [
  service({
    repositories: ['etcd'],
    command: 'etcd',
    mebibytes: 55,
    any: [2379],
    tcp: [2380],
    http: [2381],
    answers: [{ path: '/health', body: '{"health":"true","reason":""}' }, { body: 'ok\n' }],
  }),
  service({
    repositories: ['coredns'],
    command: '/coredns',
    mebibytes: 15,
    http: [8080, 8181],
    tcp: [53],
    answers: [{ body: 'OK' }],
  }),
  service({
    repositories: ['kube-proxy'],
    command: '/usr/local/bin/kube-proxy',
    mebibytes: 28,
    http: [10_256],
  }),
  service({
    repositories: ['kube-apiserver'],
    command: 'kube-apiserver',
    mebibytes: 30,
    http: [6443],
    answers: OK,
    memoryMebibytes: 250,
  }),
  service({
    repositories: ['kube-controller-manager'],
    command: 'kube-controller-manager',
    mebibytes: 26,
    http: [10_257],
    answers: OK,
    code: 2,
  }),
  service({
    repositories: ['kube-scheduler'],
    command: 'kube-scheduler',
    mebibytes: 18,
    http: [10_259],
    answers: OK,
  }),
  service({
    repositories: ['metrics-server'],
    command: '/metrics-server',
    mebibytes: 18,
    http: [{ option: ['--secure-port'], default: 443 }],
    answers: OK,
  }),
  service({
    repositories: ['flannel', 'kindnetd', 'cilium'],
    command: '/entrypoint',
    mebibytes: 40,
    // Their init containers copy what they bring onto the machine.
    userland: 'busybox',
  }),
  service({
    repositories: ['calico/node'],
    command: 'start_runit',
    mebibytes: 110,
    http: [9099],
    answers: OK,
    userland: 'busybox',
  }),
  service({
    repositories: ['dashboard', 'kubernetesui/dashboard'],
    command: '/dashboard',
    mebibytes: 72,
    http: [9090],
    tcp: [8443],
  }),
  service({
    repositories: ['fluentd', 'fluentd-elasticsearch', 'fluent-bit', 'filebeat', 'logstash', 'cadvisor'],
    command: '/entrypoint.sh',
    mebibytes: 60,
    http: [9100, 2020, 24_231],
    userland: 'gnu',
  }),
  service({
    repositories: ['node-exporter'],
    command: '/bin/node_exporter',
    mebibytes: 12,
    http: [{ option: ['--web.listen-address'], default: 9100 }],
    userland: 'busybox',
  }),
  service({
    repositories: ['elasticsearch'],
    command: '/usr/local/bin/docker-entrypoint.sh',
    mebibytes: 500,
    http: [9200],
    tcp: [9300],
    startupMs: 20_000,
    memoryMebibytes: 1200,
    userland: 'gnu',
    code: 143,
  }),
  service({
    repositories: ['kibana'],
    command: '/usr/local/bin/kibana-docker',
    mebibytes: 350,
    http: [5601],
    startupMs: 15_000,
    memoryMebibytes: 400,
    userland: 'gnu',
  }),
  service({
    repositories: ['prometheus'],
    command: '/bin/prometheus',
    mebibytes: 95,
    http: [9090],
    startupMs: 800,
    userland: 'busybox',
  }),
  service({
    repositories: ['grafana'],
    command: '/run.sh',
    mebibytes: 110,
    http: [3000],
    startupMs: 3000,
    userland: 'busybox',
  }),
  service({
    repositories: ['alertmanager', 'pushgateway'],
    command: '/bin/alertmanager',
    mebibytes: 30,
    http: [9093, 9091],
    userland: 'busybox',
  }),
  service({
    repositories: ['traefik'],
    command: '/entrypoint.sh',
    mebibytes: 45,
    http: [80, 8080],
    userland: 'busybox',
    answers: [
      { path: '/ping', body: 'OK' },
      { status: 404, body: '404 page not found\n' },
    ],
  }),
  service({
    repositories: ['defaultbackend', 'defaultbackend-amd64'],
    command: '/server',
    mebibytes: 2,
    http: [8080],
    answers: [
      { path: '/healthz', body: 'ok' },
      { status: 404, body: 'default backend - 404' },
    ],
  }),
  service({
    repositories: ['haproxy', 'envoy', 'caddy'],
    command: '/entrypoint.sh',
    mebibytes: 40,
    http: [80, 8080],
    userland: 'gnu',
  }),
  service({
    repositories: ['kafka'],
    command: '/entrypoint.sh',
    mebibytes: 250,
    tcp: [9092],
    startupMs: 8000,
    memoryMebibytes: 400,
    userland: 'gnu',
    code: 143,
  }),
  service({
    repositories: ['minio'],
    command: '/usr/bin/docker-entrypoint.sh',
    mebibytes: 60,
    http: [9000, 9001],
    userland: 'gnu',
  }),
  service({
    repositories: ['registry'],
    command: '/entrypoint.sh',
    mebibytes: 10,
    http: [5000],
    userland: 'busybox',
  }),
  service({
    repositories: ['vault', 'consul'],
    command: 'docker-entrypoint.sh',
    mebibytes: 120,
    http: [8200, 8500],
    userland: 'busybox',
  }),
];
