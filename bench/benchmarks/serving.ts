import { type Benchmark, type Beside, type Measures, percentile } from '../benchmark.ts';
import { type Client, createClient } from '../serving/client.ts';
import { type ServedCluster, serveCluster } from '../serving/cluster.ts';

/** As many pods as are listed at once. */
const PODS = 1000;
const WATCHES = 100;
/** So many clients ask at a time, each as soon as it was answered. */
const CLIENTS = 10;
const FOLDER = '/api/v1/namespaces/default/pods';

function podOf(name: string): object {
  const metadata = { name, labels: { app: 'bench' } };
  const resources = { requests: { cpu: '100m', memory: '200Mi' } };
  // No scheduler takes them: a node is named that there is not, and nothing goes on but what is asked.
  const spec = { nodeName: 'elsewhere', containers: [{ name: 'main', image: 'nginx:1.27', resources }] };
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec };
}

interface Loaded {
  /** Milliseconds of each request. */
  readonly ms: readonly number[];
  readonly perSecond: number;
  /** Milliseconds of the server's processor a request. */
  readonly cpuMs: number;
}

/** Asks as often as `count` says. */
async function load(
  beside: Beside,
  count: number,
  ask: (index: number) => Promise<unknown>,
): Promise<Loaded> {
  const ms: number[] = [];
  let next = 0;
  const cpu = await beside.cpuMs();
  const from = performance.now();
  const work = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) {
      const began = performance.now();
      await ask(index);
      ms.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, work));
  const perSecond = (count / (performance.now() - from)) * 1000;
  return { ms, perSecond, cpuMs: ((await beside.cpuMs()) - cpu) / count };
}

function measures(name: string, { ms, perSecond, cpuMs }: Loaded): Measures {
  return {
    [`serve_${name}_ps`]: perSecond,
    [`serve_${name}_p50_ms`]: percentile(ms, 0.5),
    [`serve_${name}_p99_ms`]: percentile(ms, 0.99),
    [`serve_${name}_cpu_ms`]: cpuMs,
  };
}

/** All that was created has to be told to each of those who watch. */
async function allTold(watches: readonly { readonly told: () => number }[], wanted: number): Promise<number> {
  const from = performance.now();
  while (watches.some(({ told }) => told() < wanted)) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (performance.now() - from > 20_000) throw new Error('a watch was not told of all that was created');
  }
  return performance.now() - from;
}

async function run(client: Client, beside: Beside): Promise<Measures> {
  for (let index = 0; index < PODS; index++) await client.ask('POST', FOLDER, podOf(`listed-${index}`));
  const watches = await Promise.all(
    Array.from({ length: WATCHES }, () => client.watch(`${FOLDER}?watch=true&resourceVersion=0`)),
  );
  await allTold(watches, PODS);
  const get = (count: number) =>
    load(beside, count, (index) => client.ask('GET', `${FOLDER}/listed-${index % PODS}`));
  const list = (count: number) => load(beside, count, () => client.ask('GET', FOLDER));
  await get(500);
  await list(5);
  const got = await get(4000);
  const listed = await list(200);
  const created = await load(beside, PODS, (index) => client.ask('POST', FOLDER, podOf(`created-${index}`)));
  const behind = await allTold(watches, 2 * PODS);
  return {
    ...measures('get', got),
    ...measures('list', listed),
    ...measures('create', created),
    serve_watches_behind_ms: behind,
  };
}

/**
 * The API over TLS on loopback, served in a process of its own, while a hundred watches of pods are open.
 * A list is of a thousand pods.
 */
export const serving: Benchmark = {
  name: 'serving',
  metrics: {
    ...metricsOf('get'),
    ...metricsOf('list'),
    ...metricsOf('create'),
    serve_watches_behind_ms: 'ms',
  },
  beside: () => serveCluster({ clock: 'manual' }),
  async run(beside) {
    if (!beside) throw new Error('there is no server');
    const client = createClient(beside.said as ServedCluster);
    const result = await run(client, beside);
    client.close();
    return result;
  },
};

function metricsOf(name: string): Readonly<Record<string, string>> {
  return {
    [`serve_${name}_ps`]: 'requests/s',
    [`serve_${name}_p50_ms`]: 'ms',
    [`serve_${name}_p99_ms`]: 'ms',
    [`serve_${name}_cpu_ms`]: 'ms',
  };
}

const TIMES = 30;

/**
 * Under `--clock idle`: from the request that makes a Deployment of three to the moment at which who watches
 * it is told that it is available.
 */
export const servingIdle: Benchmark = {
  name: 'serving-idle',
  metrics: { serve_available_p50_ms: 'ms', serve_available_p99_ms: 'ms' },
  beside: () => serveCluster({ clock: 'idle' }),
  async run(beside) {
    const client = createClient(beside?.said as ServedCluster);
    const ms: number[] = [];
    for (let time = 0; time < TIMES; time++) {
      const began = performance.now();
      await available(client, `web-${time}`);
      ms.push(performance.now() - began);
    }
    client.close();
    return { serve_available_p50_ms: percentile(ms, 0.5), serve_available_p99_ms: percentile(ms, 0.99) };
  },
};

const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments';

async function available(client: Client, name: string): Promise<void> {
  const labels = { app: name };
  const spec = {
    replicas: 3,
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'nginx:1.27' }] } },
  };
  const body = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name }, spec };
  await client.ask('POST', DEPLOYMENTS, body);
  const path = `${DEPLOYMENTS}?watch=true&fieldSelector=metadata.name%3D${name}`;
  await client.until(path, (line) => line.includes('"availableReplicas":3'));
}
