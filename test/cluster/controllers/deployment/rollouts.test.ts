import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maxSurge, maxUnavailable } from '../../../../src/cluster/controllers/deployment/rollout-limits.ts';
import type { KubeObject } from '../../../../src/cluster/objects/kube-object.ts';
import type { Deployment, Pod, ReplicaSet } from '../../../../src/cluster/objects/kubernetes.ts';
import { changeOf } from '../../../../src/cluster/world/changes.ts';
import { create, type Play, type Typed } from '../../node/play.ts';
import { deploymentOf, labels, playWorkloads, podsOf } from '../workloads.ts';

/** Something that ends as soon as it is asked to, and is ready after some seconds. */
function templateOf(version: number, initialDelaySeconds: number): Deployment['spec']['template'] {
  const readinessProbe = { exec: { command: ['true'] }, initialDelaySeconds, periodSeconds: 1 };
  const command = ['sh', '-c', 'trap "exit 0" TERM; while true; do sleep 1; done'];
  const main = { name: 'main', image: 'busybox:1.36', command, readinessProbe };
  return { metadata: { labels: { ...labels, version: String(version) } }, spec: { containers: [main] } };
}

const share = fc.oneof(
  fc.integer({ min: 0, max: 3 }),
  fc.integer({ min: 0, max: 100 }).map((n) => `${n}%`),
);

const rollout = fc.record({
  replicas: fc.integer({ min: 1, max: 6 }),
  surge: share,
  unavailable: share,
  delay: fc.integer({ min: 0, max: 3 }),
  /** When the next version is rolled out, after the one before. */
  changes: fc.array(fc.integer({ min: 500, max: 20_000 }), { minLength: 1, maxLength: 3 }),
});

type Rollout = typeof rollout extends fc.Arbitrary<infer Value> ? Value : never;

function specOf({ replicas, surge, unavailable, delay }: Rollout): Deployment {
  const isNone = (value: number | string) => value === 0 || value === '0%';
  const maxUnavailable = isNone(surge) && isNone(unavailable) ? 1 : unavailable;
  const rollingUpdate = { maxSurge: surge, maxUnavailable };
  const strategy = { type: 'RollingUpdate', rollingUpdate };
  return deploymentOf({ replicas, strategy, template: templateOf(0, delay) });
}

const BEGIN_MS = 10_000;

function play(drawn: Rollout): Play {
  const { metadata: _, ...rest } = specOf(drawn);
  const object: KubeObject = { ...rest, metadata: { name: 'web' } };
  let at = BEGIN_MS;
  const changes = drawn.changes.map((after, index): Typed => {
    at += after;
    const patch = { spec: { template: templateOf(index + 1, drawn.delay) } };
    const target = { resource: 'deployments.apps', namespace: 'default', name: 'web' };
    return { at, request: { verb: 'patch', ...target, patchType: 'merge', patch } };
  });
  return playWorkloads([create(0, object, 'deployments.apps'), ...changes], { until: at + 90_000, nodes: 2 });
}

interface Extremes {
  /** The most pods that all ReplicaSets together were to have. */
  readonly most: number;
  /** The fewest that were available once the first version was. */
  readonly fewest: number;
}

function extremesOf({ log, world }: Play): Extremes {
  const sizes = new Map<string, number>();
  const ready = new Map<string, boolean>();
  let [most, fewest] = [0, Number.POSITIVE_INFINITY];
  for (const entry of log) {
    const change = changeOf(world.store.tables, entry);
    if (change?.resource === 'replicasets.apps')
      sizes.set(change.key, (change.object as ReplicaSet).spec.replicas ?? 0);
    if (change?.resource === 'pods')
      ready.set(change.key, change.type !== 'DELETED' && serves(change.object as Pod));
    most = Math.max(
      most,
      [...sizes.values()].reduce((sum, size) => sum + size, 0),
    );
    if (entry.at >= BEGIN_MS) fewest = Math.min(fewest, [...ready.values()].filter(Boolean).length);
  }
  return { most, fewest };
}

function serves({ metadata, status }: Pod): boolean {
  const condition = status?.conditions?.find(({ type }) => type === 'Ready');
  return metadata.deletionTimestamp === undefined && condition?.status === 'True';
}

test('whatever is rolled out, there are never more pods than may be, nor fewer that can serve', () => {
  fc.assert(
    fc.property(rollout, (drawn) => {
      const played = play(drawn);
      const deployment = specOf(drawn);
      const { most, fewest } = extremesOf(played);
      expect(most).toBeLessThanOrEqual(drawn.replicas + maxSurge(deployment));
      expect(fewest).toBeGreaterThanOrEqual(drawn.replicas - maxUnavailable(deployment));
      // And in the end the last version is there, and nothing else.
      const versions = podsOf(played.world).map(({ metadata }) => metadata.labels?.['version']);
      expect(versions).toEqual(Array(drawn.replicas).fill(String(drawn.changes.length)));
    }),
    { numRuns: 12 },
  );
});
