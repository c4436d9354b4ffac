import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { emptyWorld } from '../../../src/cluster/world/world.ts';
import { commits, startRun } from '../../../src/kernel/run/run.ts';
import { arrivalsIn } from '../../../src/replay/arrived.ts';
import { createTimeline } from '../../../src/replay/timeline.ts';
import { modelOf } from '../../../src/scenario/play.ts';
import type { ClockMode } from '../../../src/server/live/clock.ts';
import { emptyScenario } from '../../../src/server/live/open-live.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { watch } from '../support/watching.ts';
import { deployment } from './asking.ts';
import { type FakeHost, fakeHost } from './fake-host.ts';

const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments';
const scenario = emptyScenario({ nodes: 2 });

type Lasting = (host: FakeHost, server: TestServer) => Promise<void>;

/** Every way in which a client writes, with a while between. */
async function session(server: TestServer, host: FakeHost, wait: Lasting): Promise<void> {
  const ask = async (
    path: string,
    method: string,
    body: object,
    type = 'application/json',
  ): Promise<void> => {
    const { code } = await server.ask(path, { method, body, headers: { 'content-type': type } });
    expect(code).toBeLessThan(300);
    await wait(host, server);
  };
  const watching = await watch(server, `${DEPLOYMENTS}?watch=true`);
  const { object } = deployment('web', 2) as unknown as { object: { metadata: object; spec: object } };
  await ask(DEPLOYMENTS, 'POST', object);
  await ask(`${DEPLOYMENTS}/web`, 'PATCH', { spec: { replicas: 3 } }, 'application/merge-patch+json');
  const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: { a: '1' } };
  const applied = '/api/v1/namespaces/default/configmaps/c?fieldManager=test&force=true';
  await ask(applied, 'PATCH', config, 'application/apply-patch+yaml');
  await ask('/kubereel/v1/faults', 'POST', { stop: 'kubelet', node: 'node-1' });
  await ask(`${DEPLOYMENTS}/web`, 'DELETE', {});
  await watching.close();
}

const CLOCKS: readonly (readonly [ClockMode['clock'], ClockMode, Lasting])[] = [
  ['manual', { clock: 'manual' }, async (_, server) => void server.live.advance(server.live.now() + 7321)],
  [
    'real',
    { clock: 'real', factor: 3 },
    async (host) => {
      host.pass(2345);
      await setImmediate();
    },
  ],
  [
    'idle',
    { clock: 'idle' },
    async (host) => {
      for (let turn = 0; turn < 150; turn++) {
        host.pass(3);
        await setImmediate();
      }
    },
  ],
];

test.each(CLOCKS)(
  'of the log of a session under the clock %s the same log comes again',
  async (_, ...how) => {
    const [mode, wait] = how;
    const host = fakeHost();
    const server = await startTestServer({ scenario, clock: mode, host });
    await session(server, host, wait);
    const { live } = server;
    const lines = live.entries.map((entry) => JSON.stringify(entry));
    const end = live.now();
    await server.close();
    const arrivals = arrivalsIn(createTimeline(live.entries)) ?? [];
    expect(arrivals.map(({ event }) => event.type)).toEqual([
      'RequestArrived',
      'RequestArrived',
      'RequestArrived',
      'FaultArrived',
      'RequestArrived',
    ]);
    expect(end).toBeGreaterThan(20_000);
    const replayed = [...commits(startRun(modelOf(scenario, { arrivals }), emptyWorld()), end)].flat();
    expect(replayed.map((entry) => JSON.stringify(entry))).toEqual(lines);
  },
);
