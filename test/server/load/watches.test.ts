import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Request } from '../../../src/cluster/contract/request.ts';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import { drawWhole } from '../../../src/kernel/chance/draw.ts';
import { emptyScenario } from '../../../src/server/live/open-live.ts';
import { ADMIN, creating } from '../live/asking.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { type WatchEvent, watch } from '../support/watching.ts';

const CLIENTS = 20;
const OBJECTS = 1000;
/** How often each object is changed, and in the end removed or kept. */
const CHANGES = 2;
const WATCHERS = 4;
const FOLDER = '/api/v1/namespaces/default/configmaps';
const CHANCE = { seed: 'watches' };

/** What a watcher holds of each object, and how often it was told of each of its versions. */
interface Held {
  readonly versions: Map<string, number>;
  readonly now: Map<string, string>;
  connections: number;
}

interface List {
  readonly metadata: { readonly resourceVersion: string };
  readonly items: readonly {
    readonly metadata: { readonly name: string; readonly resourceVersion: string };
  }[];
}

const isLast = ({ object }: WatchEvent): boolean => object.metadata.name === 'last';

/** Watches to the end, going away after so many events as are drawn, and coming back from where it was. */
async function keepWatching(server: TestServer, watcher: number, from: string): Promise<Held> {
  const held: Held = { versions: new Map(), now: new Map(), connections: 0 };
  let revision = from;
  for (;;) {
    held.connections++;
    const stays = drawWhole(CHANCE, 1, 400, 'stays', watcher, held.connections);
    const watching = await watch(server, `${FOLDER}?watch=true&resourceVersion=${revision}`);
    for (let count = 0; count < stays; count++) {
      const event = await watching.next();
      if (!event) break;
      const { name = '', resourceVersion = '' } = event.object.metadata;
      revision = resourceVersion;
      const told = `${event.type} ${name} ${resourceVersion}`;
      held.versions.set(told, (held.versions.get(told) ?? 0) + 1);
      if (event.type === 'DELETED') held.now.delete(name);
      else held.now.set(name, resourceVersion);
      if (!isLast(event)) continue;
      await watching.close();
      return held;
    }
    await watching.close();
  }
}

/**
 * Makes its objects, changes each, and removes every third, one after another. It asks the cluster itself,
 * and lets whoever watches over HTTP have a turn after each.
 */
async function work({ live }: TestServer, client: number): Promise<number> {
  let writes = 0;
  const ask = async (request: Request): Promise<void> => {
    expect(await live.ask({ client: `client-${client}`, request })).toMatchObject({ ok: true });
    writes++;
    await setImmediate();
  };
  for (let index = client; index < OBJECTS; index += CLIENTS) {
    const name = `object-${index}`;
    const metadata = { name, namespace: 'default' };
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { change: '0' } };
    await ask(creating('configmaps', object as KubeObject));
    const named = { resource: 'configmaps', namespace: 'default', name, credentials: { user: ADMIN } };
    for (let change = 1; change <= CHANGES; change++) {
      const patch = { data: { change: String(change) } };
      await ask({ verb: 'patch', ...named, patchType: 'merge', patch, fieldManager: 'test' });
    }
    if (index % 3 === 0) await ask({ verb: 'delete', ...named });
  }
  return writes;
}

describe('many clients at once', () => {
  test(`watches lose and repeat nothing while ${CLIENTS} clients change ${OBJECTS} objects`, async () => {
    const server = await startTestServer({
      scenario: emptyScenario({ nodes: 1 }),
      clock: { clock: 'manual' },
    });
    const before = (await server.ask(FOLDER)).json as unknown as List;
    const from = before.metadata.resourceVersion;
    const watching = Array.from({ length: WATCHERS }, (_, index) => keepWatching(server, index, from));
    const written = await Promise.all(Array.from({ length: CLIENTS }, (_, index) => work(server, index)));
    const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'last' } };
    await server.ask(FOLDER, { method: 'POST', body });
    const all = await Promise.all(watching);
    const { items } = (await server.ask(FOLDER)).json as unknown as List;
    const made = items.slice(before.items.length);
    const there = made.map(({ metadata: { name, resourceVersion } }) => [name, resourceVersion]);
    const writes = written.reduce((sum, count) => sum + count, 1);
    for (const { versions, now, connections } of all) {
      expect(connections).toBeGreaterThan(5);
      expect([...versions.values()].filter((times) => times !== 1)).toEqual([]);
      expect(versions.size).toBe(writes);
      expect([...now].sort()).toEqual(there.sort());
    }
    await server.close();
  }, 120_000);

  test('of those who change what they have read, one after another is told to read it again', async () => {
    const server = await startTestServer({
      scenario: emptyScenario({ nodes: 1 }),
      clock: { clock: 'manual' },
    });
    const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'count' }, data: { value: '0' } };
    await server.ask(FOLDER, { method: 'POST', body });
    let conflicts = 0;
    const add = async (): Promise<void> => {
      for (;;) {
        const { json } = await server.ask(`${FOLDER}/count`);
        const value = Number((json['data'] as { value: string }).value) + 1;
        const changed = { ...json, data: { value: String(value) } };
        const { code, json: answer } = await server.ask(`${FOLDER}/count`, { method: 'PUT', body: changed });
        if (code === 200) return;
        expect(answer).toMatchObject({
          code: 409,
          reason: 'Conflict',
          message:
            'Operation cannot be fulfilled on configmaps "count": the object has been modified; ' +
            'please apply your changes to the latest version and try again',
        });
        conflicts++;
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, add));
    const { json } = await server.ask(`${FOLDER}/count`);
    expect(json['data']).toEqual({ value: String(CLIENTS) });
    expect(conflicts).toBeGreaterThan(0);
    await server.close();
  });
});
