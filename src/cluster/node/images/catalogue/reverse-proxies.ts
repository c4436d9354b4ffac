import type { ProgramDefinition } from '../program-definition.ts';
import { type CatalogueEntry, mebibytes } from './catalogue-entry.ts';

/**
 * What sends requests on by objects of the API. They are looked for first: their names are those of others.
 */
export const reverseProxies: readonly CatalogueEntry[] = [
  reverseProxy({
    repositories: ['ingress-nginx/controller', 'nginx-ingress-controller'],
    command: '/nginx-ingress-controller',
    mebibytes: 105,
    health: { port: 10_254, path: '/healthz' },
    stopper: '/wait-shutdown',
  }),
  reverseProxy({
    repositories: ['nginx-gateway-fabric/nginx'],
    command: '/agent/entrypoint.sh',
    mebibytes: 70,
    health: { port: 8081, path: '/readyz' },
    stopper: '/bin/sleep',
  }),
  reverseProxy({
    repositories: ['istio/proxyv2'],
    command: '/usr/local/bin/pilot-agent',
    mebibytes: 95,
    health: { port: 15_021, path: '/healthz/ready' },
    stopper: '/usr/local/bin/pilot-agent-wait',
    takes: 15_001,
  }),
];

interface ReverseProxy {
  readonly repositories: readonly string[];
  readonly command: string;
  readonly mebibytes: number;
  readonly health: { readonly port: number; readonly path: string };
  /** A command that asks it to end. */
  readonly stopper: string;
  /** Where it takes requests, if not at the ports that its container declares. */
  readonly takes?: number;
}

/** It goes by objects of the API; asked to end, it finishes what it has begun. */
function reverseProxy({
  repositories,
  command,
  mebibytes: size,
  health,
  stopper,
  takes,
}: ReverseProxy): CatalogueEntry {
  const ends = { code: 0, afterMs: 1500, meanwhile: 'drains' } as const;
  const program: ProgramDefinition = {
    startupMs: 1500,
    listens: [
      { port: health.port, protocol: 'http', answers: [{ path: health.path, body: 'ok' }] },
      { port: 8443, protocol: 'http', answers: [{ body: 'ok' }] },
      { port: takes ?? 'declared', protocol: 'http', answers: [{ forwards: true }] },
    ],
    onSignal: { TERM: ends, INT: ends, QUIT: ends },
    memory: [{ atMs: 0, bytes: mebibytes(90) }],
  };
  const stop = { args: [], code: 0, afterMs: 1000, signals: { program: command, signal: 'TERM' } };
  return {
    repositories,
    image: {
      sizeBytes: mebibytes(size),
      entrypoint: [command],
      userland: 'none',
      program,
      programs: { [stopper]: { calls: [stop] } },
    },
  };
}
