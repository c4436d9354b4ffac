import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type User, userOf } from '../../../src/cluster/contract/user.ts';
import { metricsNow } from '../../../src/report/metrics/metrics-text.ts';
import { logHeaderOf } from '../../../src/scenario/log-header.ts';
import type { Scenario } from '../../../src/scenario/scenario.ts';
import { type ApiServerOptions, startApiServer } from '../../../src/server/http/api-server.ts';
import { issueCertificates } from '../../../src/server/http/issue-certificates.ts';
import { kubeconfigText } from '../../../src/server/http/kubeconfig.ts';
import type { Clock, ClockMode } from '../../../src/server/live/clock.ts';
import { createClusters } from '../../../src/server/live/clusters.ts';
import type { Host } from '../../../src/server/live/host.ts';
import type { LiveCluster } from '../../../src/server/live/live-cluster.ts';
import { momentOf } from '../../../src/server/live/moment-of.ts';
import { emptyScenario } from '../../../src/server/live/open-live.ts';

export interface TestServer {
  readonly live: LiveCluster;
  readonly clock: Clock;
  readonly url: string;
  /** Of the administrator. */
  readonly token: string;
  /** PEM; empty without TLS. */
  readonly authority: string;
  /** Where its kubeconfig lies. */
  readonly kubeconfig: string;
  /** Asks, as the administrator where nothing else is said. */
  ask(path: string, init?: Asking): Promise<Answer>;
  close(): Promise<void>;
}

export interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object, or the very text. */
  readonly body?: object | string;
  readonly token?: string | undefined;
}

export interface Answer {
  readonly code: number;
  readonly headers: Headers;
  readonly text: string;
  /** Of an answer in JSON. */
  readonly json: Record<string, unknown> & { readonly [field: string]: unknown };
}

export interface TestServerOptions {
  readonly scenario?: Scenario;
  readonly clock?: ClockMode;
  /** Whose wall the clock goes by. */
  readonly host?: Host;
  readonly secure?: boolean;
  readonly users?: Readonly<Record<string, User>>;
  readonly limits?: ApiServerOptions['limits'];
}

const TOKEN = 'the-administrator';

/** A server of its own at any free port of this machine, with its kubeconfig in a folder of its own. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { scenario = emptyScenario({ nodes: 2 }), clock: mode = { clock: 'idle' as const } } = options;
  const clusters = createClusters({
    beginning: { scenario },
    clock: { mode, ...(options.host && { host: options.host }) },
    momentOf,
  });
  const { live, clock } = clusters.main;
  const users: Readonly<Record<string, User>> = {
    [TOKEN]: userOf({ name: 'kubernetes-admin', groups: ['system:masters'] }),
    ...options.users,
  };
  const certificates = options.secure ? issueCertificates(['127.0.0.1'], Date.now()) : undefined;
  const server = await startApiServer(
    {
      clusters,
      source: { scenario },
      header: logHeaderOf(scenario, '1', 'test'),
      users: (token) => (Object.hasOwn(users, token) ? users[token] : undefined),
      metrics: (of) => metricsNow(of.world(), of.now()),
      ...(certificates && { tls: certificates }),
      ...(options.limits && { limits: options.limits }),
    },
    { port: 0, address: '127.0.0.1' },
  );
  const url = `${certificates ? 'https' : 'http'}://127.0.0.1:${server.port}`;
  const folder = mkdtempSync(join(tmpdir(), 'kubereel-serve-'));
  const kubeconfig = join(folder, 'kubeconfig');
  const authority = certificates?.authority ?? '';
  const access = { server: url, user: 'kubernetes-admin', token: TOKEN, namespace: 'default' };
  writeFileSync(kubeconfig, kubeconfigText({ ...access, ...(certificates && { authority }) }));
  return {
    live,
    clock,
    url,
    token: TOKEN,
    authority,
    kubeconfig,
    ask: (path, init) => ask(`${url}${path}`, init),
    async close() {
      clusters.close();
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function ask(
  url: string,
  { method = 'GET', headers = {}, body, ...rest }: Asking = {},
): Promise<Answer> {
  const token = 'token' in rest ? rest.token : TOKEN;
  const response = await fetch(url, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  return { code: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : {} };
}
