import type { ProgramDefinition } from '../program-definition.ts';
import { type CatalogueEntry, mebibytes } from './catalogue-entry.ts';

/** A Go program that does not care for signals: the runtime ends it with 2 where the kernel spares PID 1. */
const GO_SIGNALS: ProgramDefinition['onSignal'] = { TERM: { code: 2 }, INT: { code: 2 }, HUP: { code: 2 } };

/**
 * Healthy for ten seconds, then not: /healthz of the documentation's HTTP liveness example (agnhost:
 * liveness/server.go).
 */
const liveness: ProgramDefinition = {
  onSignal: GO_SIGNALS,
  startupMs: 10,
  listens: [
    {
      port: 8080,
      protocol: 'http',
      answers: [
        { path: '/healthz', untilMs: 10_000, status: 200, body: 'ok' },
        { path: '/healthz', status: 500, body: 'error: 10.1' },
        { path: '/started', body: 'started' },
        { path: '/redirect*', status: 302, headers: { Location: '/' } },
      ],
    },
  ],
  memory: [{ atMs: 0, bytes: mebibytes(6) }],
};

const netexec: ProgramDefinition = {
  startupMs: 15,
  listens: [
    {
      port: { option: ['--http-port'], default: 8080 },
      protocol: 'http',
      answers: [
        { path: '/', body: 'NOW: {log}' },
        { path: '/healthz', body: '' },
        { path: '/hostname', body: '{hostname}' },
        { path: '/clientip', body: '{client}' },
        { path: '/header', body: '' },
        { path: '/echo', bodyFromQuery: 'msg' },
        { path: '/exit', exitCode: { query: 'code', default: 0 } },
      ],
    },
  ],
  onSignal: { TERM: { code: 0 } },
};

const serveHostname: ProgramDefinition = {
  startupMs: 10,
  listens: [
    { port: { option: ['--port'], default: 9376 }, protocol: 'http', answers: [{ body: '{hostname}' }] },
  ],
  onSignal: { TERM: { code: 0 } },
};

const testWebserver: ProgramDefinition = {
  onSignal: GO_SIGNALS,
  startupMs: 10,
  listens: [{ port: { option: ['--port'], default: 80 }, protocol: 'http', answers: [{ body: '' }] }],
};

/** Answers on the ports that its variables name (`SERVE_PORT_80`); here, on those that its pod declares. */
const porter: ProgramDefinition = {
  onSignal: GO_SIGNALS,
  startupMs: 10,
  listens: [{ port: 'declared', protocol: 'http', answers: [{ body: '{hostname}' }] }],
};

const grpcHealth: ProgramDefinition = {
  onSignal: GO_SIGNALS,
  startupMs: 10,
  listens: [
    { port: { option: ['--port'], default: 5000 }, protocol: 'grpc', answers: [{ grpc: 'SERVING' }] },
    { port: { option: ['--http-port'], default: 8080 }, protocol: 'http', answers: [{ body: '' }] },
  ],
};

/** Images of Kubernetes' own documentation and tests. */
export const kubernetesImages: readonly CatalogueEntry[] = [
  {
    repositories: ['liveness'],
    image: { sizeBytes: mebibytes(2), entrypoint: ['/server'], userland: 'none', program: liveness },
  },
  {
    repositories: ['agnhost', 'hostexec', 'netexec'],
    image: {
      sizeBytes: mebibytes(51),
      entrypoint: ['/agnhost'],
      cmd: ['pause'],
      userland: 'busybox',
      commands: ['bash', 'curl'],
      programs: {
        '/agnhost liveness': liveness,
        '/agnhost netexec': netexec,
        '/agnhost serve-hostname': serveHostname,
        '/agnhost test-webserver': testWebserver,
        '/agnhost grpc-health-checking': grpcHealth,
        '/agnhost porter': porter,
        '/agnhost': { onSignal: { TERM: { code: 0 } } },
      },
    },
  },
  {
    repositories: ['echoserver', 'echo-server'],
    image: {
      sizeBytes: mebibytes(38),
      entrypoint: ['/usr/local/bin/run.sh'],
      userland: 'gnu',
      commands: ['curl'],
      program: {
        startupMs: 60,
        listens: [
          {
            port: 8080,
            protocol: 'http',
            answers: [
              {
                body: '\n\nHostname: {hostname}\n\nRequest Information:\n\tmethod={method}\n\treal path={path}\n',
              },
            ],
          },
        ],
        onSignal: { TERM: { code: 0 } },
      },
    },
  },
];
