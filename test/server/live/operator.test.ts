import { readFileSync } from 'node:fs';
import type { KubeConfig } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { createTimeline } from '../../../src/replay/timeline.ts';
import { why } from '../../../src/replay/why.ts';
import { clientConfig } from '../support/client-config.ts';
import { startTestServer } from '../support/test-server.ts';
import { watch } from '../support/watching.ts';

const FOLDER = new URL('../../../examples/operator/', import.meta.url);
const SITES = '/apis/example.com/v1/namespaces/default/websites';

interface Operator {
  startOperator(config: KubeConfig): Promise<{ stop(): Promise<void> }>;
}

interface SiteStatus {
  readonly ready?: string;
  readonly conditions?: readonly { readonly status: string }[];
}

const isAvailable = (status: SiteStatus | undefined): boolean => status?.conditions?.[0]?.status === 'True';

/** A file of the example. */
const inFile = (name: string): string => readFileSync(new URL(name, FOLDER), 'utf8');

test('the operator of the examples works in virtual time beside the built-in controllers', async () => {
  const { startOperator } = (await import(new URL('operator.mjs', FOLDER).href)) as Operator;
  const server = await startTestServer();
  const { live } = server;
  const applied = { method: 'POST', headers: { 'content-type': 'application/yaml' } };
  const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
  const definition = await server.ask(definitions, { ...applied, body: inFile('website-crd.yaml') });
  expect(definition.code).toBe(201);
  const served = await watch(server, `${definitions}?watch=true`);
  await served.until(({ object }) =>
    JSON.stringify(object['status']).includes('"Established","status":"True"'),
  );
  await served.close();
  const operator = await startOperator(clientConfig(server));
  const began = live.now();
  expect((await server.ask(SITES, { ...applied, body: inFile('shop.yaml') })).code).toBe(201);
  const site = await watch(server, `${SITES}?watch=true&fieldSelector=metadata.name%3Dshop`);
  const told = await site.until(({ object }) => isAvailable(object['status'] as SiteStatus | undefined));
  expect(told.at(-1)?.object['status']).toMatchObject({ ready: '3/3' });
  expect(live.now() - began).toBeLessThan(60_000);
  const running = live.entries.findLast(({ event }) => event.type === 'ContainerStarted');
  const [first] = [...why(createTimeline(live.entries), running?.seq ?? 0)].slice(-1);
  expect(first?.event).toMatchObject({
    type: 'RequestArrived',
    request: { fieldManager: 'website-operator' },
  });
  expect((await server.ask(`${SITES}/shop`, { method: 'DELETE' })).code).toBe(200);
  // What it owned goes with it.
  const pods = await watch(server, '/api/v1/namespaces/default/pods?watch=true');
  const gone = new Set<string | undefined>();
  await pods.until(({ type, object }) => type === 'DELETED' && gone.add(object.metadata.name).size === 3);
  await pods.close();
  await site.close();
  await operator.stop();
  await server.close();
});
