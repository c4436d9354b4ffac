import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { disruptionController } from '../../src/cluster/controllers/disruption/disruption.ts';
import { tokensController } from '../../src/cluster/controllers/tokens.ts';
import type { KubeObject } from '../../src/cluster/objects/kube-object.ts';
import type { Pod, PodDisruptionBudget } from '../../src/cluster/objects/kubernetes.ts';
import { playToEnd, scenarioOf } from '../support/play-scenario.ts';
import { create, type Play, playCluster, type Typed } from './node/play.ts';
import { labelled } from './scheduler/given-nodes.ts';

const SHOP = `apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  replicas: 4
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop } }
    spec:
      terminationGracePeriodSeconds: 2
      containers: [{ name: main, image: "nginx:1.27" }]
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: shop }
spec: { minAvailable: 3, selector: { matchLabels: { app: shop } } }
---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent }
spec:
  selector: { matchLabels: { app: agent } }
  template:
    metadata: { labels: { app: agent } }
    spec:
      containers: [{ name: main, image: "nginx:1.27" }]
`;

const ready = (app: string, count: number): string =>
  `{ count: ${count}, resource: { kind: Pod, metadata: { labels: { app: ${app} } }, status: { conditions: [{ type: Ready, status: "True" }] } } }`;

/**
 * Each node is drained and released, in an order; the budget holds at every moment, and all are there in the
 * end.
 */
function emptyAll(nodes: readonly string[]): string {
  const turns = nodes.map(
    (node) => `- run: kubectl drain ${node} --ignore-daemonsets\n- run: kubectl uncordon ${node}`,
  );
  return `apiVersion: kubereel.dev/v1
kind: Scenario
metadata: { name: emptied, title: { en: Emptied } }
cluster: { nodes: 3, presentImages: ["nginx:1.27"] }
steps:
- run: kubectl apply -f shop.yaml
- run: kubectl rollout status deployment/shop
${turns.join('\n')}
- wait: { until: ${ready('shop', 4)}, timeout: 1m }
- expect:
  - ${ready('agent', 3)}
always:
- resource: { kind: PodDisruptionBudget, metadata: { name: shop }, status: { currentHealthy: { gte: 3 } } }
`;
}

describe('draining and releasing every node leaves the workload whole', () => {
  const [a, b, c] = ['node-1', 'node-2', 'node-3'];
  test.each([
    [a, b, c],
    [a, c, b],
    [b, a, c],
    [b, c, a],
    [c, a, b],
    [c, b, a],
  ])('%s, then %s, then %s', (...nodes) => {
    const { log } = playToEnd(scenarioOf({ 'scenario.yaml': emptyAll(nodes), 'shop.yaml': SHOP }));
    const missed = log.filter(
      ({ event }) => event.type === 'InvariantBroken' || event.type === 'ExpectationMissed',
    );
    expect(missed).toEqual([]);
    expect(log.at(-1)?.event).toEqual({ type: 'ScenarioEnded', passed: true });
  });
});

/** So much later than their creation all pods are ready. */
const ALL_READY = 6000;

const storms = fc.record({
  pods: fc.integer({ min: 1, max: 6 }),
  minAvailable: fc.integer({ min: 0, max: 6 }),
  evictions: fc.array(
    fc.record({ pod: fc.nat(5), at: fc.integer({ min: ALL_READY, max: ALL_READY + 400 }) }),
    {
      minLength: 1,
      maxLength: 20,
    },
  ),
});

function requestsOf({
  pods,
  minAvailable,
  evictions,
}: {
  pods: number;
  minAvailable: number;
  evictions: readonly { pod: number; at: number }[];
}): Typed[] {
  const budget = {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'web' },
    spec: { minAvailable, selector: { matchLabels: { app: 'web' } } },
  } as KubeObject;
  const containers = [{ name: 'main', image: 'busybox', command: ['sleep', '3600'] }];
  const drafts = Array.from({ length: pods }, (_, index) => {
    const { metadata, ...pod } = labelled(
      `web-${index}`,
      { app: 'web' },
      { containers, terminationGracePeriodSeconds: 1 },
    );
    return create(1000, { ...pod, metadata: { name: `web-${index}`, labels: metadata.labels ?? {} } });
  });
  return [
    create(500, budget, 'poddisruptionbudgets.policy'),
    ...drafts,
    ...evictions.map(({ pod, at }): Typed => {
      const name = `web-${pod % pods}`;
      const object = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name } } as KubeObject;
      return {
        at,
        request: {
          verb: 'create',
          resource: 'pods',
          subresource: 'eviction',
          namespace: 'default',
          name,
          object,
        },
      };
    }),
  ];
}

/** The fewest pods that could work at any moment from a time on. */
function fewestHealthy({ log, world: { store } }: Play, from: number): number {
  const { objects } = store.tables;
  const isHealthy = ({ kind, metadata, status }: Pod): boolean =>
    kind === 'Pod' &&
    metadata.deletionTimestamp === undefined &&
    (status?.conditions ?? []).some(({ type, status: is }) => type === 'Ready' && is === 'True');
  let fewest = Number.POSITIVE_INFINITY;
  for (const { seq, at } of log) {
    if (at < from) continue;
    const pods = objects.list('folder', '/registry/pods/default/', seq) as Pod[];
    fewest = Math.min(fewest, pods.filter(isHealthy).length);
  }
  return fewest;
}

test('however many ask at once, an eviction never breaks a budget', () => {
  fc.assert(
    fc.property(storms, (storm) => {
      const play = playCluster(requestsOf(storm), {
        until: ALL_READY + 3000,
        more: [tokensController, disruptionController],
      });
      const budget = play.world.store.tables.objects.read(
        '/registry/poddisruptionbudgets/default/web',
        play.world.seq,
      ) as PodDisruptionBudget | undefined;
      expect(budget?.spec?.minAvailable).toBe(storm.minAvailable);
      const fewest = fewestHealthy(play, ALL_READY);
      expect(fewest).toBeGreaterThanOrEqual(Math.min(storm.minAvailable, storm.pods));
      // Where the budget allows one to go, the first who asks gets it.
      if (storm.pods > storm.minAvailable) expect(fewest).toBeLessThan(storm.pods);
    }),
    { numRuns: 25 },
  );
});
