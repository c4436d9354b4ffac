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

const grpcHealth: ProgramDefinition = {
  onSignal: GO_SIGNALS,
  startupMs: 10,
  listens: [
    { port: { option: ['--port'], default: 5000 }, protocol: 'grpc', answers: [{ grpc: 'SERVING' }] },
    { port: { option: ['--http-port'], default: 8080 }, protocol: 'http', answers: [{ body: '' }] },
  ],
};

const hello = (version: string): ProgramDefinition => ({
  onSignal: GO_SIGNALS,
  startupMs: 15,
  listens: [
    {
      port: { env: 'PORT', default: 8080 },
      protocol: 'http',
      answers: [{ body: `Hello, world!\nVersion: ${version}\nHostname: {hostname}\n` }],
    },
  ],
  logs: [{ afterMs: 10, stream: 'stderr', text: '{log} Server listening on port 8080\n' }],
  memory: [{ atMs: 0, bytes: mebibytes(5) }],
});

/** Images of Kubernetes' own documentation and tests, and those that its tutorials use. */
export const kubernetesImages: readonly CatalogueEntry[] = [
  {
    repositories: ['liveness'],
    image: { sizeBytes: mebibytes(2), entrypoint: ['/server'], userland: 'none', program: liveness },
  },
  {
    repositories: ['agnhost'],
    image: {
      sizeBytes: mebibytes(51),
      entrypoint: ['/agnhost'],
      cmd: ['pause'],
      userland: 'busybox',
      commands: ['bash', 'curl', 'dig', 'nc'],
      programs: {
        '/agnhost liveness': liveness,
        '/agnhost netexec': netexec,
        '/agnhost serve-hostname': serveHostname,
        '/agnhost test-webserver': testWebserver,
        '/agnhost grpc-health-checking': grpcHealth,
        '/agnhost': { onSignal: { TERM: { code: 0 } } },
      },
    },
  },
  {
    repositories: ['hello-app', 'google-samples/hello-app'],
    image: {
      sizeBytes: mebibytes(11),
      entrypoint: ['./hello-app'],
      userland: 'none',
      program: hello('1.0.0'),
    },
  },
  {
    repositories: ['echoserver'],
    image: {
      sizeBytes: mebibytes(38),
      entrypoint: ['/usr/local/bin/run.sh'],
      userland: 'gnu',
      commands: ['bash', 'curl'],
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
  {
    repositories: ['http-echo'],
    image: {
      sizeBytes: mebibytes(3),
      entrypoint: ['/http-echo'],
      userland: 'none',
      program: {
        startupMs: 10,
        listens: [
          {
            port: { option: ['-listen', '--listen'], default: 5678 },
            protocol: 'http',
            answers: [{ body: 'hello\n' }],
          },
        ],
        onSignal: { TERM: { code: 0 } },
      },
    },
  },
  {
    repositories: ['kubia', 'kuard-amd64', 'kuard'],
    image: {
      sizeBytes: mebibytes(245),
      entrypoint: ['node', 'app.js'],
      userland: 'gnu',
      commands: ['bash', 'curl'],
      program: {
        startupMs: 250,
        listens: [{ port: 8080, protocol: 'http', answers: [{ body: "You've hit {hostname}\n" }] }],
        logs: [{ afterMs: 200, text: 'Kubia server starting...\n' }],
      },
    },
  },
];
