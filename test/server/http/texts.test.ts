import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTexts } from '../../../src/cluster/wire/object-text.ts';
import { deployment } from '../live/asking.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { watch } from '../support/watching.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ clock: { clock: 'manual' } });
  await server.live.ask({ client: 'test', request: deployment('web', 2) });
  await server.live.type({ client: 'test', line: 'kubectl autoscale deployment web --min=1 --max=3' });
  await server.clock.advance(20_000);
});
afterAll(() => server.close());

const LISTS = [
  '/api/v1/pods',
  '/api/v1/nodes?limit=1',
  '/api/v1/events',
  '/apis/events.k8s.io/v1/events',
  '/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers',
  '/apis/apps/v1/deployments?labelSelector=none',
];

describe('what is told of an object is written once', () => {
  test.each(LISTS)(
    '%s says the same in one line as prettily, the first time and the second',
    async (path) => {
      const mark = path.includes('?') ? '&' : '?';
      const pretty = await server.ask(`${path}${mark}pretty=true`);
      const plain = `${JSON.stringify(pretty.json)}\n`;
      expect((await server.ask(path)).text).toBe(plain);
      expect((await server.ask(path)).text).toBe(plain);
    },
  );

  test('a watch tells of an object as a get shows it, whoever watches, and of each change anew', async () => {
    const path = '/apis/apps/v1/namespaces/default/deployments';
    const fresh = `${path}?watch=true&resourceVersion=0`;
    const watches = await Promise.all([watch(server, fresh), watch(server, fresh)]);
    const told = async () => await Promise.all(watches.map(async (each) => await each.next()));
    const first = { type: 'ADDED', object: (await server.ask(`${path}/web`)).json };
    expect(await told()).toEqual([first, first]);
    const headers = { 'content-type': 'application/merge-patch+json' };
    const changed = await server.ask(`${path}/web`, {
      method: 'PATCH',
      headers,
      body: { spec: { replicas: 3 } },
    });
    const second = { type: 'MODIFIED', object: changed.json };
    expect(await told()).toEqual([second, second]);
    for (const each of watches) await each.close();
  });
});

test('texts that nobody has asked for since so much was written are written anew', () => {
  const texts = createTexts(100);
  let written = 0;
  const write = (): string => {
    written++;
    return 'x'.repeat(60);
  };
  const [often, once] = [{}, {}];
  for (let turn = 0; turn < 20; turn++) {
    texts.of(often, 'form', write);
    if (turn === 0) texts.of(once, 'form', write);
    texts.of({}, 'form', write);
  }
  expect(written).toBe(1 + 1 + 20);
  texts.of(once, 'form', write);
  expect(written).toBe(23);
});
