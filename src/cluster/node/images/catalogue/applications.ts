import type { Answer, Listener, PortSource, ProgramDefinition } from '../program-definition.ts';
import { type CatalogueEntry, mebibytes } from './catalogue-entry.ts';

interface Application {
  readonly http?: readonly PortSource[];
  readonly grpc?: readonly PortSource[];
  readonly tcp?: readonly PortSource[];
  readonly answers?: readonly Answer[];
  readonly startupMs?: number;
  readonly megabytes?: number;
  readonly code?: number;
  readonly calls?: ProgramDefinition['calls'];
}

/**
 * A service as demonstrations have them: it serves some time after its start, and ends when it is told to.
 */
const app = (repositories: readonly string[], of: Application): CatalogueEntry => {
  const { http = [], grpc = [], tcp = [], answers = [{}], startupMs = 800, megabytes = 60, code = 0 } = of;
  const ends = { code, afterMs: 50 };
  const listens: readonly Listener[] = [
    ...http.map((port): Listener => ({ port, protocol: 'http', answers })),
    ...grpc.map((port): Listener => ({ port, protocol: 'grpc', answers: [{ grpc: 'SERVING' }] })),
    ...tcp.map((port): Listener => ({ port, protocol: 'tcp' })),
  ];
  return {
    repositories,
    image: {
      sizeBytes: mebibytes(megabytes),
      entrypoint: ['/usr/local/bin/start'],
      userland: 'gnu',
      commands: ['curl'],
      hasMore: true,
      program: {
        startupMs,
        listens,
        onSignal: { TERM: ends, INT: ends },
        memory: [{ atMs: 0, bytes: mebibytes(Math.round(megabytes / 2)) }],
        ...(of.calls && { calls: of.calls }),
      },
    },
  };
};

const html = (title: string): readonly Answer[] => [
  { path: '/_healthz', body: 'ok' },
  { body: `<html><head><title>${title}</title></head></html>\n`, headers: { 'Content-Type': 'text/html' } },
];

const of = (prefix: string, names: string): readonly string[] =>
  names.split(' ').map((name) => prefix + name);

const port = (number: number): PortSource => ({ env: 'PORT', default: number });

/** The shop of many services, in as many languages (GoogleCloudPlatform/microservices-demo). */
const BOUTIQUE = 'microservices-demo/';
const boutique: readonly CatalogueEntry[] = [
  app(of(BOUTIQUE, 'frontend'), { http: [port(8080)], answers: html('Online Boutique') }),
  app(of(BOUTIQUE, 'shoppingassistantservice'), { http: [port(8080)] }),
  app(of(BOUTIQUE, 'emailservice recommendationservice'), { grpc: [port(8080)], startupMs: 3000 }),
  app(of(BOUTIQUE, 'checkoutservice'), { grpc: [port(5050)] }),
  app(of(BOUTIQUE, 'paymentservice shippingservice'), { grpc: [port(50_051)] }),
  app(of(BOUTIQUE, 'productcatalogservice'), { grpc: [port(3550)] }),
  app(of(BOUTIQUE, 'cartservice'), { grpc: [port(7070)], startupMs: 2500 }),
  app(of(BOUTIQUE, 'currencyservice'), { grpc: [port(7000)] }),
  app(of(BOUTIQUE, 'adservice'), { grpc: [port(9555)], startupMs: 8000, megabytes: 180, code: 143 }),
  app(of(BOUTIQUE, 'loadgenerator'), { startupMs: 0 }),
];

/** Sock Shop. */
const SOCKS = 'weaveworksdemos/';
const socks: readonly CatalogueEntry[] = [
  app(of(SOCKS, 'front-end'), { http: [8079], answers: html('WeaveSocks') }),
  app(of(SOCKS, 'catalogue payment user'), { http: [{ option: ['-port'], default: 80 }] }),
  app(of(SOCKS, 'carts orders shipping queue-master'), {
    http: [80],
    startupMs: 20_000,
    megabytes: 90,
    code: 143,
  }),
  app(of(SOCKS, 'catalogue-db'), { tcp: [3306], startupMs: 6000, megabytes: 120 }),
  app(of(SOCKS, 'user-db'), { tcp: [27_017], startupMs: 1500, megabytes: 120 }),
  app(of(SOCKS, 'load-test'), { startupMs: 0 }),
];

const BOOKINFO = 'examples-bookinfo-';
const bookinfo: readonly CatalogueEntry[] = [
  app(of(BOOKINFO, 'productpage-v1'), { http: [9080], answers: html('Simple Bookstore App') }),
  app(of(BOOKINFO, 'details-v1 details-v2 ratings-v1 ratings-v2'), { http: [9080], startupMs: 400 }),
  app(of(BOOKINFO, 'reviews-v1 reviews-v2 reviews-v3'), {
    http: [9080],
    startupMs: 6000,
    megabytes: 200,
    code: 143,
  }),
  app(of(BOOKINFO, 'mysqldb'), { tcp: [3306], startupMs: 6000, megabytes: 150 }),
  app(of(BOOKINFO, 'mongodb'), { tcp: [27_017], startupMs: 1500, megabytes: 150 }),
];

const ok = (...paths: readonly string[]): readonly Answer[] => paths.map((path) => ({ path, body: 'ok' }));

/** What of applications is known that many clusters have been shown. */
export const applications: readonly CatalogueEntry[] = [
  ...boutique,
  ...socks,
  ...bookinfo,
  app(['examplevotingapp_vote'], { http: [80], answers: html('Cats vs Dogs!') }),
  app(['examplevotingapp_result'], { http: [80], answers: html('Cats vs Dogs -- Result') }),
  app(['examplevotingapp_worker'], { startupMs: 0 }),
  app(['stefanprodan/podinfo', 'podinfo'], {
    http: [
      { option: ['--port'], default: 9898 },
      { option: ['--port-metrics'], default: 9797 },
    ],
    grpc: [{ option: ['--grpc-port'], default: 9999 }],
    answers: [
      ...ok('/healthz', '/readyz'),
      { path: '/version', body: '{"version":"6"}\n' },
      { body: '{"hostname":"{hostname}","message":"greetings from podinfo"}\n' },
    ],
    startupMs: 50,
    megabytes: 20,
    calls: [
      { args: ['healthz'], code: 0 },
      ...['http', 'grpc', 'tcp', 'cert'].map((what) => ({ args: ['check', what], code: 0 })),
    ],
  }),
  app(['nigelpoulton/k8sbook', 'nigelpoulton/web-app', 'nigelpoulton/k8s-deep-dive'], {
    http: [8080],
    answers: [{ body: 'Hello from {hostname}\n' }],
    startupMs: 300,
  }),
  // Kubernetes' own image of old: a script becomes a server, or with SENTINEL a sentinel.
  { ...app(['redis'], { tcp: ['declared'], startupMs: 500, megabytes: 150 }), onlyTags: /^v\d$/ },
  app(['test-webserver'], { http: [80], startupMs: 10, megabytes: 2 }),
  app(['cert-manager-controller', 'cert-manager-cainjector'], { http: [9402, 9403], startupMs: 1500 }),
  app(['cert-manager-webhook'], { http: [10_250, 6080], startupMs: 1500 }),
  {
    repositories: ['argoproj/argocd', 'argocd'],
    image: {
      sizeBytes: mebibytes(180),
      entrypoint: ['/usr/bin/tini', '--', 'entrypoint.sh'],
      userland: 'gnu',
      hasMore: true,
      programs: {
        argocd: { onSignal: { TERM: { code: 0 } } },
        'argocd admin': {
          calls: [
            {
              args: ['admin', 'redis-initial-password'],
              afterMs: 800,
              stdout: 'Checking for initial Redis password in secret argocd-redis at key auth.\n',
              makesSecret: { name: 'argocd-redis', keys: ['auth'] },
              code: 0,
            },
          ],
        },
      },
    },
  },
  {
    repositories: ['kube-webhook-certgen'],
    image: {
      sizeBytes: mebibytes(20),
      entrypoint: ['/kube-webhook-certgen'],
      userland: 'none',
      program: {
        calls: [
          {
            args: ['create'],
            afterMs: 600,
            makesSecret: { name: { option: ['--secret-name'] }, keys: ['ca', 'cert', 'key'] },
            code: 0,
          },
          { args: ['patch'], afterMs: 600, code: 0 },
        ],
      },
    },
  },
];
