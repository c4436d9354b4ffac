import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyScenario } from '../../../src/server/live/open-live.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { watch } from '../support/watching.ts';

const MAPS = '/api/v1/namespaces/kube-system/configmaps';
let server: TestServer;

beforeAll(async () => {
  const scenario = emptyScenario({ nodes: 1 });
  const settings = {
    ...scenario.settings,
    nodes: scenario.settings.nodes?.map((node) => ({ ...node, controlPlane: true })),
  };
  server = await startTestServer({ clock: { clock: 'manual' }, scenario: { ...scenario, settings } });
});
afterAll(() => server.close());

test('what is older than the store keeps is refused to lists, and told to watches by an event', async () => {
  const { json } = await server.ask(`${MAPS}?limit=1`);
  const { continue: token, resourceVersion } = json['metadata'] as Record<string, string>;
  await server.clock.advance(11 * 60_000);
  const list = await server.ask(`${MAPS}?limit=1&continue=${encodeURIComponent(String(token))}`);
  expect([list.code, list.json['reason']]).toEqual([410, 'Expired']);
  const past = await watch(server, `${MAPS}?watch=true&resourceVersion=${resourceVersion}`);
  expect(await past.next()).toMatchObject({ type: 'ERROR', object: { code: 410, reason: 'Expired' } });
  expect(await past.next()).toBeUndefined();
});
