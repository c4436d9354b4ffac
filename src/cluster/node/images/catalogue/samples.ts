import type { Answer, ProgramDefinition } from '../program-definition.ts';
import { type CatalogueEntry, mebibytes } from './catalogue-entry.ts';

/** A Go program that does not care for signals: the runtime ends it with 2 where the kernel spares PID 1. */
const GO_SIGNALS: ProgramDefinition['onSignal'] = { TERM: { code: 2 }, INT: { code: 2 }, HUP: { code: 2 } };

const hello = (version: string): ProgramDefinition => ({
  onSignal: GO_SIGNALS,
  startupMs: 15,
  listens: [
    {
      port: { env: 'PORT', default: 8080 },
      protocol: 'http',
      answers: [{ body: `Hello, world!\nVersion: ${version}\nHostname: {hostname}\n` }],
      accessLog: '{nginx} Serving request: {path}\n',
      accessLogStream: 'stderr',
    },
  ],
  logs: [{ afterMs: 10, stream: 'stderr', text: '{nginx} Server listening on port 8080\n' }],
  memory: [{ atMs: 0, bytes: mebibytes(5) }],
});

const helloApp = (version: string): CatalogueEntry['image'] => ({
  sizeBytes: mebibytes(11),
  entrypoint: ['./hello-app'],
  userland: 'none',
  program: hello(version),
});

/** The programs of "Kubernetes in Action": a small server in Node.js, which has arranged for no signal. */
const kubia = (answers: readonly Answer[]): CatalogueEntry['image'] => ({
  sizeBytes: mebibytes(245),
  entrypoint: ['node', 'app.js'],
  userland: 'gnu',
  commands: ['curl'],
  program: {
    startupMs: 250,
    listens: [
      { port: 8080, protocol: 'http', answers, accessLog: 'Received request from ::ffff:{client}\n' },
    ],
    logs: [{ afterMs: 200, text: 'Kubia server starting...\n' }],
    portTaken: { stderr: 'Error: listen EADDRINUSE: address already in use :::{port}\n' },
    memory: [{ atMs: 0, bytes: mebibytes(25) }],
  },
});

const page = (title: string): string =>
  `<html>\n<head><title>${title}</title></head>\n<body><h1>${title}</h1></body>\n</html>\n`;

/** A site of which only the front page is of interest. */
const site = (
  repositories: readonly string[],
  {
    title,
    port,
    startupMs = 500,
  }: { readonly title: string; readonly port: number; readonly startupMs?: number },
): CatalogueEntry => ({
  repositories,
  image: {
    sizeBytes: mebibytes(120),
    entrypoint: ['/entrypoint.sh'],
    userland: 'gnu',
    commands: ['curl'],
    program: {
      startupMs,
      listens: [
        {
          port,
          protocol: 'http',
          answers: [{ body: page(title), headers: { 'Content-Type': 'text/html' } }],
        },
      ],
      onSignal: { TERM: { code: 0, afterMs: 50 }, WINCH: { code: 0, afterMs: 50 } },
      memory: [{ atMs: 0, bytes: mebibytes(60) }],
    },
  },
});

/** Images that tutorials and books use. */
export const samples: readonly CatalogueEntry[] = [
  { repositories: ['hello-app'], onlyTags: /^v?2/, image: helloApp('2.0.0') },
  { repositories: ['hello-app'], image: helloApp('1.0.0') },
  {
    repositories: ['http-echo', 'hashicorp/http-echo'],
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
            answers: [{ bodyFromOption: { option: ['-text', '--text'], default: 'hello' } }],
          },
        ],
        logs: [{ afterMs: 10, text: '{nginx} [INFO] server is listening on :5678\n' }],
        onSignal: { TERM: { code: 0 }, INT: { code: 0 } },
        memory: [{ atMs: 0, bytes: mebibytes(4) }],
      },
    },
  },
  {
    repositories: ['gasbugs/http-go'],
    image: {
      sizeBytes: mebibytes(290),
      entrypoint: ['./main'],
      userland: 'gnu',
      commands: ['curl'],
      program: {
        onSignal: GO_SIGNALS,
        startupMs: 15,
        listens: [{ port: 8080, protocol: 'http', answers: [{ body: 'Welcome! {hostname}\n' }] }],
        memory: [{ atMs: 0, bytes: mebibytes(5) }],
      },
    },
  },
  {
    repositories: ['luksa/kubia-unhealthy', 'kubia-unhealthy'],
    image: kubia([
      { untilRequests: 5, body: "You've hit {hostname}\n" },
      { status: 500, body: "I'm not well. Please restart me!\n" },
    ]),
  },
  {
    repositories: ['luksa/kubia', 'kubia'],
    onlyTags: /^v[23]/,
    image: kubia([{ body: 'This is v2 running in pod {hostname}\n' }]),
  },
  {
    repositories: ['luksa/kubia', 'kubia', 'kubia-pet', 'kubia-pet-peers'],
    image: kubia([{ body: "You've hit {hostname}\n" }]),
  },
  {
    repositories: ['kuard', 'kuard-amd64', 'kuar-demo/kuard-amd64'],
    image: {
      sizeBytes: mebibytes(12),
      entrypoint: ['/kuard'],
      userland: 'busybox',
      program: {
        onSignal: GO_SIGNALS,
        startupMs: 30,
        listens: [
          {
            port: 8080,
            protocol: 'http',
            answers: [
              { path: '/healthy', body: 'ok' },
              { path: '/ready', body: 'ok' },
              { body: page('KUAR Demo') },
            ],
          },
        ],
        logs: [
          {
            afterMs: 0,
            stream: 'stderr',
            text: '{nginx} Starting kuard\n{nginx} Serving on HTTP on :8080\n',
          },
        ],
      },
    },
  },
  {
    repositories: ['traefik/whoami', 'whoami', 'containous/whoami'],
    image: {
      sizeBytes: mebibytes(2.5),
      entrypoint: ['/whoami'],
      userland: 'none',
      program: {
        startupMs: 20,
        listens: [
          {
            port: { option: ['--port', '-port'], env: 'WHOAMI_PORT_NUMBER', default: 80 },
            protocol: 'http',
            answers: [
              { path: '/health', status: 200 },
              { body: 'Hostname: {hostname}\nIP: {ip}\n{method} {path} HTTP/1.1\n' },
            ],
          },
        ],
        logs: [{ afterMs: 10, stream: 'stderr', text: '{nginx} Starting up on port 80\n' }],
        onSignal: { TERM: { code: 0 } },
      },
    },
  },
  {
    repositories: ['hpa-example', 'php-apache'],
    image: {
      sizeBytes: mebibytes(150),
      cmd: ['apache2-foreground'],
      userland: 'gnu',
      commands: ['curl'],
      programs: {
        'apache2-foreground': {
          startupMs: 200,
          // A million square roots in PHP.
          listens: [{ port: 80, protocol: 'http', answers: [{ body: 'OK!', delayMs: 50, cpuMs: 50 }] }],
          memory: [{ atMs: 0, bytes: mebibytes(12) }],
          onSignal: { TERM: { code: 0, afterMs: 20 }, WINCH: { code: 0, afterMs: 50 } },
        },
      },
    },
  },
  site(['gb-frontend', 'guestbook', 'google-samples/gb-frontend'], { title: 'Guestbook', port: 80 }),
  site(['wordpress'], { title: 'WordPress', port: 80, startupMs: 2500 }),
  site(['phpmyadmin'], { title: 'phpMyAdmin', port: 80, startupMs: 1000 }),
  site(['ghost'], { title: 'Ghost', port: 2368, startupMs: 4000 }),
  site(['kubernetes-bootcamp'], { title: 'Kubernetes Bootcamp', port: 8080, startupMs: 200 }),
];
