import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { watch } from '../support/watching.ts';

const PODS = '/api/v1/namespaces/default/pods';
const PAST = '/at/30s';
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ clock: { clock: 'manual' } });
  await server.live.type({
    client: 'test',
    line: `kubectl run early --image=busybox -- sh -c "while true; do date +%s; sleep 10; done"`,
  });
  await server.clock.advance(60_000);
  await server.live.type({ client: 'test', line: 'kubectl run late --image=nginx' });
  await server.clock.advance(120_000);
});
afterAll(() => server.close());

interface Table {
  readonly rows: readonly { readonly cells: readonly unknown[] }[];
}

const names = (json: object): readonly string[] =>
  (json as { items: readonly { metadata: { name: string } }[] }).items.map(({ metadata }) => metadata.name);

const pod = (name: string): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { containers: [{ name, image: 'nginx' }] },
});
const EVICTION = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: 'early' } };

describe('a moment of the past', () => {
  test('is read as it was: lists, objects, versions of the store, logs and ages', async () => {
    const then = await server.ask(`${PAST}${PODS}`);
    expect(names(then.json)).toEqual(['early']);
    expect(names((await server.ask(PODS)).json)).toEqual(['early', 'late']);
    const { resourceVersion } = (then.json as unknown as { metadata: { resourceVersion: string } }).metadata;
    const exact = `resourceVersion=${resourceVersion}&resourceVersionMatch=Exact`;
    expect(names((await server.ask(`${PAST}${PODS}?${exact}`)).json)).toEqual(['early']);
    const later = await server.ask(`${PAST}${PODS}?resourceVersion=${Number(resourceVersion) + 50}`);
    expect(later.json).toMatchObject({ kind: 'Status', reason: 'Timeout' });
    expect((await server.ask(`${PAST}${PODS}/late`)).code).toBe(404);
    const lines = (text: string): number => text.trim().split('\n').length;
    const log = await server.ask(`${PAST}${PODS}/early/log`);
    expect(lines(log.text)).toBe(3);
    expect(lines((await server.ask(`${PODS}/early/log`)).text)).toBe(12);
    const headers = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' };
    const table = (await server.ask(`${PAST}${PODS}`, { headers })).json as unknown as Table;
    expect(table.rows.map(({ cells }) => cells.slice(0, 5))).toEqual([
      ['early', '1/1', 'Running', '0', '30s'],
    ]);
  });

  test('is told by a watch as it began, and nothing comes after that', async () => {
    const watching = await watch(server, `${PAST}${PODS}?watch=true&resourceVersion=0&timeoutSeconds=1`);
    expect((await watching.next())?.object.metadata.name).toBe('early');
    await server.live.type({ client: 'test', line: 'kubectl label pod early seen=yes' });
    await server.clock.advance(server.live.now() + 1000);
    expect(await watching.next()).toBeUndefined();
  });

  test.each([
    ['POST', PODS, pod('x')],
    ['DELETE', `${PODS}/early`, {}],
    ['PATCH', `${PODS}/early`, { metadata: { labels: { a: 'b' } } }],
    ['POST', `${PODS}/early/eviction`, EVICTION],
  ])('%s %s is refused in it, and changes nothing', async (method, path, body) => {
    const before = server.live.entries.length;
    const headers = {
      'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
    };
    const { code, json } = await server.ask(`${PAST}${path}`, { method, body, headers });
    expect({ code, json }).toMatchObject({
      code: 405,
      json: { kind: 'Status', reason: 'MethodNotAllowed', message: expect.stringContaining('the past') },
    });
    expect(server.live.entries.length).toBe(before);
  });

  test('is asked of rights and of a dry run as it was, and not of the future', async () => {
    const spec = { resourceAttributes: { verb: 'get', resource: 'pods', namespace: 'default' } };
    const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec };
    const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
    expect((await server.ask(`${PAST}${path}`, { method: 'POST', body: review })).json).toMatchObject({
      status: { allowed: true },
    });
    const dry = await server.ask(`${PAST}${PODS}/early?dryRun=All`, { method: 'DELETE' });
    expect(dry.code).toBe(200);
    for (const moment of ['9h', 'yesterday', '99999']) {
      const { code, json } = await server.ask(`/at/${moment}${PODS}`);
      expect({ code, json }).toMatchObject({ code: 404, json: { kind: 'Status' } });
    }
  });
});
