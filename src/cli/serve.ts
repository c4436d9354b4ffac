import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type User, userOf } from '../cluster/contract/user.ts';
import { formatKubeVersion } from '../cluster/objects/versions.ts';
import type { Instant } from '../replay/place.ts';
import { metricsNow } from '../report/metrics/metrics-text.ts';
import { printable } from '../report/printable.ts';
import { type Source, savedScenario } from '../server/control/saved-scenario.ts';
import { type ApiServer, startApiServer } from '../server/http/api-server.ts';
import { issueCertificates } from '../server/http/issue-certificates.ts';
import { kubeconfigText } from '../server/http/kubeconfig.ts';
import type { ClockMode } from '../server/live/clock.ts';
import { type Clusters, createClusters, type Served } from '../server/live/clusters.ts';
import { momentOf } from '../server/live/moment-of.ts';
import { momentAfter } from '../server/live/past.ts';
import { wordsIn } from '../words/words-in.ts';
import { BadInput, EXIT } from './exit.ts';
import { createLogFile } from './log-file.ts';
import { momentIn } from './open-timeline.ts';
import { type BeginningOptions, type Begun, beginningOf } from './serve-beginning.ts';

export interface ServeOptions extends BeginningOptions {
  readonly port?: string;
  readonly address?: string;
  readonly kubeconfig?: string;
  readonly user?: readonly string[];
  readonly clock?: string;
  /** How long a client has at least to react, in milliseconds of the wall. */
  readonly room?: number;
  /** Shows this instant of the past, which can only be read. */
  readonly at?: Instant;
  /** The folder of a scenario that does again what clients did. */
  readonly saveScenario?: string;
  /** Where the log is written. */
  readonly output?: string;
  readonly lang: string;
}

const ADMIN = 'kubernetes-admin';

/** `kubereel serve`: the API of a simulated cluster over HTTPS, until somebody ends it. */
export async function serveCommand(what: string | undefined, options: ServeOptions): Promise<number> {
  const words = wordsIn(options.lang).serve;
  const { port, address, mode, users, token } = readOptions(options);
  const begun = beginningOf(what, mode, options);
  const { name, beginning, header } = begun;
  const { room: roomMs } = options;
  const clock = { mode, ...(roomMs !== undefined && { roomMs }) };
  const clusters = createClusters({ beginning, clock, momentOf });
  if (options.at) showPast(clusters, options.at);
  const saved = options.output === undefined ? undefined : saving(clusters.main, begun, options.output);
  const { live } = clusters.main;
  const source = { scenario: beginning.scenario, text: begun.text };
  const hosts = ['127.0.0.1', '::1', 'localhost', 'kubernetes', 'kubernetes.default', address];
  const certificates = issueCertificates([...new Set(hosts)], Date.now());
  const server = await started({
    options: {
      clusters,
      header,
      source,
      users: (shown) => users.get(shown),
      metrics: (of) => metricsNow(of.world(), of.now()),
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
  clusters.close();
  await server.close();
  saved?.();
  if (options.saveScenario !== undefined) saveScenario(clusters.main, source, options.saveScenario);
  tell(words.ended);
  return EXIT.ok;
}

/** Nothing happens any more in a cluster of which the past is shown. */
function showPast(clusters: Clusters, at: Instant): void {
  const { name, live, clock, timeline } = clusters.main;
  const { cursor, clock: ms } = momentIn(timeline(), at);
  clock.pause();
  clusters.seek(name, { ...momentAfter(live, cursor), at: ms });
}

/** Writes the log while it grows. Returns how to end it. */
function saving({ live }: Served, { header }: Begun, output: string): () => void {
  const file = createLogFile(output, header);
  file.append(live.entries);
  live.subscribe((entries) => file.append(entries));
  return () => file.close();
}

function saveScenario(served: Served, source: Source, folder: string): void {
  const files = savedScenario(served, source);
  if (!files) throw new BadInput(({ serve }) => serve.noScenario);
  for (const [path, text] of Object.entries(files)) {
    if (/^[a-z]+:/.test(path)) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
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
  return { port: Number(port), address, mode: clockIn(options.clock ?? 'idle'), users, token };
}

/** `NAME=TOKEN`, `NAME=TOKEN:GROUP,GROUP`. */
function userIn(text: string): readonly [token: string, user: User] {
  const [, name, token, groups] = /^([^=]+)=([^:\s]+)(?::(.+))?$/.exec(text) ?? [];
  if (name === undefined || token === undefined) throw new BadInput(({ serve }) => serve.userForm(text));
  return [token, userOf({ name, ...(groups !== undefined && { groups: groups.split(',') }) })];
}

/** `real`, `real=10`, `idle`, `manual`. */
function clockIn(text: string): ClockMode {
  if (text === 'idle' || text === 'manual') return { clock: text };
  const [found, factor = '1'] = /^real(?:[=*](\d{1,4}(?:\.\d{1,3})?))?$/.exec(text) ?? [];
  if (found === undefined || Number(factor) === 0) throw new BadInput(({ serve }) => serve.clockForm(text));
  return { clock: 'real', factor: Number(factor) };
}
