import { randomBytes } from 'node:crypto';
import { chmodSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type User, userOf } from '../cluster/contract/user.ts';
import { formatKubeVersion, parseKubeVersion } from '../cluster/objects/versions.ts';
import { metricsNow } from '../report/metrics/metrics-text.ts';
import { printable } from '../report/printable.ts';
import { type ApiServer, startApiServer } from '../server/http/api-server.ts';
import { issueCertificates } from '../server/http/issue-certificates.ts';
import { kubeconfigText } from '../server/http/kubeconfig.ts';
import { attend } from '../server/live/attended.ts';
import type { ClockMode } from '../server/live/clock.ts';
import { type Beginning, emptyScenario, openLive } from '../server/live/open-live.ts';
import { wordsIn } from '../words/words-in.ts';
import { BadInput, EXIT } from './exit.ts';
import { openPlayable } from './playable.ts';
import { findPlayed } from './played.ts';
import { tellBeside } from './write-out.ts';

export interface ServeOptions {
  readonly port?: string;
  readonly address?: string;
  readonly kubeconfig?: string;
  readonly user?: readonly string[];
  readonly clock?: string;
  readonly nodes?: number;
  readonly kubernetes?: string;
  readonly seed?: string;
  readonly lang: string;
}

const ADMIN = 'kubernetes-admin';

/** `kubereel serve`: the API of a simulated cluster over HTTPS, until somebody ends it. */
export async function serveCommand(what: string | undefined, options: ServeOptions): Promise<number> {
  const words = wordsIn(options.lang).serve;
  const { port, address, mode, users, token } = readOptions(options);
  const { name, beginning } = beginningOf(what, options);
  const { live, clock } = attend(openLive(beginning), { mode });
  const hosts = ['127.0.0.1', '::1', 'localhost', 'kubernetes', 'kubernetes.default', address];
  const certificates = issueCertificates([...new Set(hosts)], Date.now());
  const server = await started({
    options: {
      live,
      clock,
      users: (shown) => users.get(shown),
      metrics: () => metricsNow(live.world(), live.now()),
      tls: certificates,
    },
    port,
    address,
  });
  const url = `https://${address.includes(':') ? `[${address}]` : address}:${server.port}`;
  const path = resolve(options.kubeconfig ?? 'kubeconfig');
  const { namespace, version } = live.settings();
  const { authority } = certificates;
  writeFileSync(path, kubeconfigText({ server: url, authority, user: ADMIN, token, namespace }), {
    mode: 0o600,
  });
  chmodSync(path, 0o600);
  tell(words.serving(name, formatKubeVersion(version), url));
  tell(words.kubeconfig(path));
  tell(words.ends);
  await asked();
  clock.close();
  await server.close();
  tell(words.ended);
  return EXIT.ok;
}

function tell(line: string): void {
  process.stdout.write(printable(`${line}\n`));
}

/** Until somebody wants it to end. */
async function asked(): Promise<void> {
  await new Promise<void>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done());
  });
}

interface Starting {
  readonly options: Parameters<typeof startApiServer>[0];
  readonly port: number;
  readonly address: string;
}

async function started({ options, port, address }: Starting): Promise<ApiServer> {
  try {
    return await startApiServer(options, { port, address });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') throw new BadInput(({ serve }) => serve.portTaken(address, port));
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
      throw new BadInput(({ serve }) => serve.noAddress(address));
    throw error;
  }
}

const DEFAULT_PORT = 6443;

function readOptions({ port = String(DEFAULT_PORT), address = '127.0.0.1', ...options }: ServeOptions) {
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new BadInput(({ serve }) => serve.portForm(port));
  const token = randomBytes(24).toString('base64url');
  const users = new Map<string, User>([
    [token, userOf({ name: ADMIN, groups: ['system:masters'] })],
    ...(options.user ?? []).map(userIn),
  ]);
  return { port: Number(port), address, mode: clockIn(options.clock ?? 'real'), users, token };
}

/** `NAME=TOKEN`, `NAME=TOKEN:GROUP,GROUP`. */
function userIn(text: string): readonly [token: string, user: User] {
  const [, name, token, groups] = /^([^=]+)=([^:\s]+)(?::(.+))?$/.exec(text) ?? [];
  if (name === undefined || token === undefined) throw new BadInput(({ serve }) => serve.userForm(text));
  return [token, userOf({ name, ...(groups !== undefined && { groups: groups.split(',') }) })];
}

/** `real`, `real*10`, `idle`, `manual`. */
function clockIn(text: string): ClockMode {
  if (text === 'idle' || text === 'manual') return { clock: text };
  const [found, factor = '1'] = /^real(?:\*(\d{1,4}(?:\.\d{1,3})?))?$/.exec(text) ?? [];
  if (found === undefined || Number(factor) === 0) throw new BadInput(({ serve }) => serve.clockForm(text));
  return { clock: 'real', factor: Number(factor) };
}

interface Begun {
  readonly name: string;
  readonly beginning: Beginning;
}

function beginningOf(what: string | undefined, { nodes, kubernetes, seed }: ServeOptions): Begun {
  const seeded = seed === undefined ? {} : { seed };
  if (what === undefined) {
    if (kubernetes !== undefined && parseKubeVersion(kubernetes) === undefined)
      throw new BadInput(({ serve }) => serve.versionForm(kubernetes));
    const scenario = emptyScenario({
      ...(nodes !== undefined && { nodes }),
      ...(kubernetes !== undefined && { version: kubernetes }),
    });
    // What clients compare with their own clocks shall not lie in another year.
    const settings = { ...scenario.settings, epochMs: Date.now() };
    return { name: 'kubereel', beginning: { scenario: { ...scenario, settings }, ...seeded } };
  }
  const played = findPlayed(what);
  if ('recording' in played) throw new BadInput(({ serve }) => serve.recorded);
  const { name, ground, commits } = openPlayable(played, seed, tellBeside);
  if (ground === undefined) throw new BadInput(({ serve }) => serve.noScenario);
  const { scenario } = ground;
  if ('scenario' in played) return { name, beginning: { scenario, ...seeded } };
  return { name, beginning: { scenario, log: [...commits()].flat() } };
}
