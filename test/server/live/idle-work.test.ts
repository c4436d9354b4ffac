import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { LiveCluster } from '../../../src/server/live/live-cluster.ts';
import { startTestServer } from '../support/test-server.ts';
import { watch } from '../support/watching.ts';
import { deployment } from './asking.ts';
import { fakeHost } from './fake-host.ts';

const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments';

/** Pieces of work that were done: each is a commit of one or more entries. */
function commitsIn({ entries }: LiveCluster): number {
  return entries.filter(({ more }) => !more).length;
}

/**
 * Of the wall only those milliseconds pass in which the clock leaves somebody room: the rest of what it takes
 * is the work, and that is counted.
 */
test('who makes a Deployment and waits for it is answered after little room and work', async () => {
  const host = fakeHost();
  const server = await startTestServer({ host });
  const { live } = server;
  const [wall, before] = [host.wall(), commitsIn(live)];
  const { object } = deployment('web', 3) as unknown as { object: object };
  expect((await server.ask(DEPLOYMENTS, { method: 'POST', body: object })).code).toBe(201);
  const waiting = await watch(server, `${DEPLOYMENTS}?watch=true&fieldSelector=metadata.name%3Dweb`);
  let isAvailable = false;
  const over = waiting
    .until(({ object: { status } }) => (status as { availableReplicas?: number }).availableReplicas === 3)
    .then(() => {
      isAvailable = true;
    });
  for (let turns = 0; !isAvailable && turns < 2000; turns++) {
    host.pass(1);
    for (let turn = 0; turn < 5; turn++) await setImmediate();
  }
  await over;
  expect(host.wall() - wall).toBeLessThanOrEqual(60);
  expect(commitsIn(live) - before).toBeLessThanOrEqual(100);
  await waiting.close();
  await server.close();
});
