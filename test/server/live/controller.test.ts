import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Deployment } from '../../../src/cluster/objects/kubernetes.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { watch } from '../support/watching.ts';
import { deployment } from './asking.ts';
import { fakeHost } from './fake-host.ts';

const WANTED = 'example.com/config';

interface Controller {
  /** How many events it has dealt with. */
  readonly dealtWith: () => number;
  readonly stop: () => Promise<void>;
}

/**
 * A controller as somebody would write it: it watches Deployments, and makes a ConfigMap for each that says
 * so, which it keeps as the annotation is.
 */
async function startController(server: TestServer): Promise<Controller> {
  const agent = { 'user-agent': 'config-controller/1.0' };
  const folder = '/api/v1/namespaces/default/configmaps';
  const watching = await watch(server, '/apis/apps/v1/deployments?watch=true', agent);
  const reconcile = async (name: string, wanted: string | undefined): Promise<void> => {
    const { code, json } = await server.ask(`${folder}/${name}`, { headers: agent });
    if (wanted === undefined || (code === 200 && (json['data'] as { value: string }).value === wanted))
      return;
    const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { value: wanted } };
    if (code === 404) await server.ask(folder, { method: 'POST', headers: agent, body });
    else await server.ask(`${folder}/${name}`, { method: 'PUT', headers: agent, body });
  };
  let count = 0;
  const loop = (async () => {
    for (let event = await watching.next(); event; event = await watching.next()) {
      await reconcile(event.object.metadata.name ?? '', event.object.metadata.annotations?.[WANTED]);
      count++;
    }
  })();
  return {
    dealtWith: () => count,
    async stop() {
      await watching.close();
      await loop.catch(() => undefined);
    },
  };
}

/**
 * Deployments are made and changed; the log is what comes of it. The wall stands still while the controller
 * has something to do, however long it takes on a machine that is busy.
 */
async function session(): Promise<readonly string[]> {
  const host = fakeHost();
  const server = await startTestServer({ host });
  const { live, clock } = server;
  const controller = await startController(server);
  let told = 0;
  live.subscribe((entries) => {
    for (const { event } of entries) if ('resource' in event && event.resource === 'deployments.apps') told++;
  });
  const goOn = async (isEnough: () => boolean): Promise<void> => {
    let isOver = false;
    void clock.advance(live.now() + 60_000, isEnough).then(() => {
      isOver = true;
    });
    while (!isOver) {
      while (controller.dealtWith() < told) await setImmediate();
      host.pass(1);
      await setImmediate();
    }
  };
  const available = (name: string): boolean => {
    const { store, seq } = live.world();
    const object = store.tables.objects.read(`/registry/deployments/default/${name}`, seq);
    return (object as Deployment | undefined)?.status?.availableReplicas === 1;
  };
  const agent = { 'user-agent': 'tests/1.0' };
  const path = '/apis/apps/v1/namespaces/default/deployments';
  for (const [name, value] of [
    ['one', 'a'],
    ['two', 'b'],
    ['three', undefined],
  ] as const) {
    const { object } = deployment(name, 1) as { object: { metadata: object } };
    const annotations = value === undefined ? {} : { [WANTED]: value };
    const body = { ...object, metadata: { ...object.metadata, annotations } };
    await server.ask(path, { method: 'POST', headers: agent, body });
    await goOn(() => available(name));
  }
  const patch = { metadata: { annotations: { [WANTED]: 'c' } } };
  const merge = { ...agent, 'content-type': 'application/merge-patch+json' };
  await server.ask(`${path}/one`, { method: 'PATCH', headers: merge, body: patch });
  await goOn(() => false);
  const lines = live.entries.map((entry) => JSON.stringify(entry));
  const { data } = (await server.ask('/api/v1/namespaces/default/configmaps/one')).json as { data: object };
  expect(data).toEqual({ value: 'c' });
  await controller.stop();
  await server.close();
  return lines;
}

describe('a controller that somebody wrote, beside the built-in ones', () => {
  test('works in virtual time, and its cluster comes to the same log each time', async () => {
    const first = await session();
    const arrivals = first.filter((line) => line.includes('"client":"config-controller"'));
    expect(arrivals.map((line) => JSON.parse(line).event.request.verb)).toEqual([
      'create',
      'create',
      'update',
    ]);
    expect(await session()).toEqual(first);
  });
});
