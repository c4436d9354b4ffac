import { describe, expect, test } from 'vitest';
import type { Request } from '../../../src/cluster/contract/request.ts';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import { withLastApplied } from '../../../src/cluster/objects/last-applied.ts';
import type { World } from '../../../src/cluster/world/world.ts';
import { savedScenario } from '../../../src/server/control/saved-scenario.ts';
import { createClusters } from '../../../src/server/live/clusters.ts';
import { momentOf } from '../../../src/server/live/moment-of.ts';
import { emptyScenario } from '../../../src/server/live/open-live.ts';
import { playToEnd, scenarioOf } from '../../support/play-scenario.ts';
import { ADMIN, creating, deployment } from '../live/asking.ts';
import { fakeHost } from '../live/fake-host.ts';

const scenario = emptyScenario({ nodes: 2 });
const user = { credentials: { user: ADMIN } };
const named = { resource: 'deployments.apps', namespace: 'default', name: 'web', ...user } as const;

const configMap = (name: string, data: Record<string, string>): KubeObject =>
  ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' }, data }) as KubeObject;

const applied = { command: 'kubectl apply', session: 'a' };

/** Requests, each at its virtual time, and what the client says of them. */
const SESSION: readonly (readonly [at: number, request: Request, says?: typeof applied])[] = [
  [1000, creating('configmaps', withLastApplied(configMap('one', { a: "it's", b: '1' }))), applied],
  [1000, creating('configmaps', withLastApplied(configMap('two', { a: 'x' }))), applied],
  [2000, deployment('web', 2)],
  [2500, deployment('web', 2)],
  [
    9000,
    { verb: 'patch', ...named, subresource: 'scale', patchType: 'merge', patch: { spec: { replicas: 3 } } },
  ],
  [
    12_000,
    { verb: 'patch', ...named, patchType: 'strategic', patch: { metadata: { labels: { "it's": 'no' } } } },
  ],
  [
    13_000,
    { verb: 'patch', ...named, patchType: 'strategic', patch: { metadata: { labels: { tier: 'web' } } } },
  ],
  [
    14_000,
    {
      verb: 'patch',
      ...user,
      resource: 'configmaps',
      namespace: 'default',
      name: 'three',
      patchType: 'apply',
      fieldManager: 'me',
      patch: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'three' }, data: { c: 'y' } },
    },
  ],
  [
    15_000,
    {
      verb: 'update',
      ...user,
      resource: 'configmaps',
      namespace: 'default',
      name: 'two',
      object: configMap('two', { a: 'z' }),
    },
  ],
  [16_000, { verb: 'delete', ...user, resource: 'configmaps', namespace: 'default', name: 'one' }],
];

async function session() {
  const clock = { mode: { clock: 'manual' as const }, host: fakeHost() };
  const clusters = createClusters({ beginning: { scenario }, clock, momentOf });
  const { live } = clusters.main;
  for (const [at, request, says = {}] of SESSION) {
    live.advance(at);
    await live.ask({ client: 'test', ...says, request });
  }
  live.advance(20_000);
  await live.type({ client: 'me', line: 'kubectl get pods nobody' });
  await live.suffer({ client: 'me', fault: { stop: 'kubelet', node: 'node-2' } });
  live.advance(40_000);
  return clusters.main;
}

/** What people write of objects: not when and in which order it was written. */
function written({ store, seq }: World): readonly object[] {
  const all = [...store.tables.objects.rows(seq)].sort(([a], [b]) => (a < b ? -1 : 1));
  return all.flatMap(([key, object]) => {
    if (/^\/registry\/(events|leases|minions)\//.test(key)) return [];
    const { metadata, kind, spec, data } = object as KubeObject & { spec?: object; data?: object };
    const { labels, annotations } = metadata;
    return [{ key, kind, labels, annotations, spec, data }];
  });
}

describe('a session of clients, saved as a scenario', async () => {
  const served = await session();
  const files = savedScenario(served, { scenario }) ?? {};

  test('says what was done in lines, with the manifests beside it', () => {
    expect(Object.keys(files).sort()).toEqual([
      'one-configmap.yaml',
      'scenario.yaml',
      'three-configmap.yaml',
      'two-configmap.yaml',
      'web-deployment.yaml',
    ]);
    expect(files['scenario.yaml']).toMatchInlineSnapshot(`
      "apiVersion: kubereel.dev/v1
      kind: Scenario
      metadata:
        name: live-session
      cluster:
        nodes: 2
        version: "1.36"
        epoch: 2026-01-01T00:00:00Z
      steps:
        - at: 1s
          run: kubectl apply -f one-configmap.yaml
        - at: 2s
          run: kubectl create -f web-deployment.yaml
        - at: 9s
          run: kubectl patch deployments.apps web -n default --subresource=scale --type=merge -p '{"spec":{"replicas":3}}'
        - at: 13s
          run: kubectl patch deployments.apps web -n default --type=strategic -p '{"metadata":{"labels":{"tier":"web"}}}'
        - at: 14s
          run: kubectl apply --server-side --field-manager=me -n default -f three-configmap.yaml
        - at: 15s
          run: kubectl replace -f two-configmap.yaml
        - at: 16s
          run: kubectl delete configmaps one -n default --wait=false
        - at: 20s
          run: kubectl get pods nobody
          expect:
            exitCode: 1
        - at: 20s
          fault:
            stop: kubelet
            node: node-2
        - wait: 20s
      seed: 1
      "
    `);
    expect(files['one-configmap.yaml']).toContain('---\n');
  });

  test('makes the same objects when it is run', () => {
    const { run, log } = playToEnd(scenarioOf(files));
    expect(log.filter(({ event }) => event.type === 'ExpectationMissed')).toEqual([]);
    expect(written(run.world)).toEqual(written(served.live.world()));
  });
});
