import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { cluster } from '../../src/api/kubereel.ts';
import { scenario, seeds } from '../../src/api/vitest.ts';
import { readLog } from '../../src/kernel/log/read-log.ts';

const deployment = (name: string, image: string, replicas = 2) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name, image, ports: [{ containerPort: 80 }] }] },
    },
  },
});

const service = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { selector: { app: name }, ports: [{ port: 80 }] },
});

/** What a person is told of a failure: without what led to it, which is the engine's business. */
function told(act: () => void): string {
  try {
    act();
  } catch (error) {
    return String((error as Error).message).replace(/\nbecause(?:.|\n)*?(?=\nsee|$)/, '\nbecause  …');
  }
  throw new Error('nothing failed');
}

const logs = mkdtempSync(join(tmpdir(), 'kubereel-matchers-'));
afterAll(() => rmSync(logs, { recursive: true }));

describe('matchers', () => {
  const shop = cluster({ nodes: 2, logs, name: 'a shop' });
  shop.apply([deployment('web', 'nginx:1.27'), service('web')]);
  shop.converge();
  const customers = shop.traffic({ to: 'http://web/', rate: 10 });
  shop.advance('2s');

  test('hold where it is so', () => {
    expect(shop).toConverge();
    expect(shop).toHaveReady('deployment/web');
    expect(shop).toHaveReady('deploy/web', 2);
    expect(shop).toHaveReady('node/node-1');
    expect(shop).toMatchResource({
      kind: 'Pod',
      metadata: { labels: { app: 'web' } },
      status: { phase: 'Running' },
    });
    expect(shop).toHaveEvent({ reason: 'Started', object: { kind: 'Pod' }, count: 2 });
    expect(shop).toHaveLogged(shop.list('Pod')[0]?.metadata.name ?? '', { lacks: 'error' });
    expect(customers).toLoseNoRequests();
    expect(shop).toLoseNoRequests();
    expect(shop).toStayWithin(
      { resource: { kind: 'Deployment', metadata: { name: 'web' } } },
      { for: '10s' },
    );
  });

  test('and with "not" where it is not, without a trace in the story', () => {
    const entries = shop.story();
    expect(shop).not.toHaveReady('deployment/web', 3);
    expect(shop).not.toMatchResource({ kind: 'Pod', metadata: { labels: { app: 'node-1' } } });
    expect(shop).not.toHaveEvent({ reason: 'Unhealthy' });
    expect(() => expect(shop).not.toConverge()).toThrow('everything converges');
    expect(() => expect(shop).not.toHaveReady('deployment/web')).toThrow('it is so');
    expect(() => expect(customers).not.toLoseNoRequests()).toThrow('it is so');
    expect(shop.story()).toBe(entries);
  });

  test('say what was wanted and found, until when it was so, why, and how to look at it', () => {
    const other = shop.fork();
    other.run('kubectl scale deployment/web --replicas=1');
    other.advance('2s');
    const message = told(() => expect(other).toHaveReady('deployment/web', 2));
    const log = join(logs, 'a-shop-fork-1.log');
    expect(message.replace(log, 'LOG')).toMatchInlineSnapshot(`
      "Deployment web: status.readyReplicas 2

      wanted   Deployment web: status.readyReplicas 2
      found    Deployment default/web: status.readyReplicas is 1, wanted 2
      at       00:18.723, it was so until 00:16.741 (entry 200)
      because  …
      see it   kubereel play LOG --at 225"
    `);
    const { entries } = readLog(readFileSync(log, 'utf8').split('\n'));
    expect(message).toContain(`kubereel play ${log} --at ${entries.length}`);
  });

  test('name what does not converge, and what it lacks', () => {
    const other = shop.fork();
    other.apply(deployment('api', 'InvalidName:1', 1));
    expect(
      told(() => expect(other).toConverge({ within: '30s' })).replace(logs, 'LOGS'),
    ).toMatchInlineSnapshot(`
      "everything converges within 30s

      wanted   everything converges within 30s
      found    Deployment default/api: 0 of 1 updated replicas are available
               pod/api-7cd78c77db-b9fz4: InvalidImageName 0/1, Failed to apply default image tag "InvalidName:1": couldn't parse image name "InvalidName:1": invalid reference format
      at       00:46.722
      because  …
      see it   kubereel play LOGS/a-shop-fork-2.log --at 260"
    `);
  });

  test('tell which requests were lost to what', () => {
    const other = shop.fork();
    other.fault({ stop: 'machine', node: 'node-2' });
    other.advance('5s');
    const message = told(() => expect(other).toLoseNoRequests());
    expect(message).toContain('the machine node-2 is off');
  });

  test('find the moment at which something was not so that had been', () => {
    const other = shop.fork();
    other.run('kubectl rollout restart deployment/web');
    other.converge();
    const available = {
      resource: { kind: 'Deployment', metadata: { name: 'web' }, status: { replicas: 2 } },
    };
    expect(told(() => expect(other).toStayWithin(available))).toContain('status.replicas is 3, wanted 2');
    expect(other).toStayWithin(available, { since: other.now });
    const never = { resource: { kind: 'Pod', metadata: { labels: { app: 'node-1' } } } };
    expect(told(() => expect(other).toStayWithin(never))).toContain('it was never so');
  });

  test('a command that fails says how it may', () => {
    const message = told(() => shop.fork().run('kubectl get pod none'));
    expect(message).toContain('pods "none" not found');
    expect(message).toContain('run(…, { exitCode: … })');
  });

  test('are of clusters', () => {
    const nobody: unknown = { nodes: 2 };
    expect(() => expect(nobody).toConverge()).toThrow('wants a cluster');
    expect(() => expect(shop).toHaveReady('service/web')).toThrow('has no pods that are ready');
    expect(() => expect(cluster({ logs: false })).toLoseNoRequests()).toThrow('nobody has asked anything');
  });
});

test('seeds are those that scenarios have', () => expect(seeds(3)).toEqual(['1', '2', '3']));

scenario('liveness-failure', { seeds: 1 });
