import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maxSurge, maxUnavailable } from '../../../../src/cluster/controllers/deployment/rollout-limits.ts';
import type { Deployment, Pod, ReplicaSet } from '../../../../src/cluster/objects/kubernetes.ts';
import { changeOf } from '../../../../src/cluster/world/changes.ts';
import { create, type Play, type Typed } from '../../node/play.ts';
import { type Mischief, mischiefMaker } from '../mischief.ts';
import { deploymentOf, labels, objectsOf, playWorkloads, podsOf } from '../workloads.ts';

/** A template whose pods are ready after some seconds, or never, and end within a second. */
function templateOf(version: number, { delay, isBroken = false }: { delay: number; isBroken?: boolean }) {
  const exec = { command: [isBroken ? 'false' : 'true'] };
  const readinessProbe = { exec, initialDelaySeconds: delay, periodSeconds: 2 };
  const main = { name: 'main', image: 'busybox:1.36', command: ['sleep', '3600'], readinessProbe };
  const metadata = { labels: { ...labels, version: String(version) } };
  return { metadata, spec: { terminationGracePeriodSeconds: 1, containers: [main] } };
}

/** What somebody types: each is a way to call what the Deployment is to be. */
const command = fc.oneof(
  fc.record({ kind: fc.constant('image' as const), version: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ kind: fc.constant('broken' as const) }),
  fc.record({ kind: fc.constant('scale' as const), replicas: fc.integer({ min: 0, max: 6 }) }),
  fc.record({ kind: fc.constantFrom('pause' as const, 'resume' as const) }),
  fc.record({ kind: fc.constant('delete' as const), index: fc.nat(20) }),
);

const story = fc.record({
  minor: fc.constantFrom(36, 20),
  replicas: fc.integer({ min: 1, max: 5 }),
  type: fc.constantFrom('RollingUpdate', 'RollingUpdate', 'Recreate'),
  surge: fc.constantFrom<(number | string)[]>(0, 1, 2, '25%', '50%', '100%'),
  unavailable: fc.constantFrom<(number | string)[]>(1, 2, '25%', '50%', '100%'),
  delay: fc.integer({ min: 0, max: 2 }),
  minReadySeconds: fc.constantFrom(0, 0, 2),
  commands: fc.array(fc.tuple(fc.integer({ min: 200, max: 9000 }), command), { minLength: 2, maxLength: 7 }),
});

type Story = typeof story extends fc.Arbitrary<infer Value> ? Value : never;

const BEGIN_MS = 15_000;
const LAST_VERSION = 9;

function specOf({ replicas, type, surge, unavailable, delay, minReadySeconds }: Story): Deployment {
  const rollingUpdate = { maxSurge: surge, maxUnavailable: unavailable };
  const strategy = type === 'Recreate' ? { type } : { type, rollingUpdate };
  return deploymentOf({ replicas, strategy, minReadySeconds, template: templateOf(0, { delay }) });
}

/** In the end somebody puts everything right: three replicas of a version that works. */
function play(drawn: Story): Play {
  const { metadata: _, ...rest } = specOf(drawn);
  const target = { resource: 'deployments.apps', namespace: 'default', name: 'web' } as const;
  const typed: Typed[] = [create(0, { ...rest, metadata: { name: 'web' } }, 'deployments.apps')];
  const deeds: Mischief[] = [];
  let at = BEGIN_MS;
  const patch = (spec: object): number =>
    typed.push({ at, request: { verb: 'patch', ...target, patchType: 'merge', patch: { spec } } });
  for (const [after, each] of drawn.commands) {
    at += after;
    if (each.kind === 'image') patch({ template: templateOf(each.version, drawn) });
    if (each.kind === 'broken') patch({ template: templateOf(5, { ...drawn, isBroken: true }) });
    if (each.kind === 'scale') patch({ replicas: each.replicas });
    if (each.kind === 'pause' || each.kind === 'resume') patch({ paused: each.kind === 'pause' });
    if (each.kind === 'delete') deeds.push({ at, resource: 'pods', index: each.index });
  }
  at += 10_000;
  patch({ replicas: 3, paused: false, template: templateOf(LAST_VERSION, drawn) });
  const options = { minor: drawn.minor, nodes: 2, until: at + 80_000, more: [mischiefMaker(deeds)] };
  return playWorkloads(typed, options);
}

/** How many pods were to be, and how many could serve, against what the specs until then allow. */
function breachesOf({ log, world }: Play, deletions: number): readonly string[] {
  const sizes = new Map<string, number>();
  const serving = new Map<string, boolean>();
  const sum = (values: Iterable<number | boolean>) => [...values].reduce<number>((a, b) => a + Number(b), 0);
  let [most, fewest] = [0, Number.POSITIVE_INFINITY];
  const breaches: string[] = [];
  for (const entry of log) {
    const change = changeOf(world.store.tables, entry);
    if (change?.resource === 'deployments.apps') {
      const deployment = change.object as Deployment;
      const replicas = deployment.spec.replicas ?? 0;
      most = Math.max(most, replicas + maxSurge(deployment));
      const isRolling = deployment.spec.strategy?.type === 'RollingUpdate';
      fewest = Math.min(fewest, isRolling ? replicas - maxUnavailable(deployment) : 0);
    }
    if (change?.resource === 'replicasets.apps')
      sizes.set(change.key, (change.object as ReplicaSet).spec.replicas ?? 0);
    if (change?.resource === 'pods')
      serving.set(change.key, change.type !== 'DELETED' && serves(change.object as Pod));
    if (sum(sizes.values()) > most)
      breaches.push(`${entry.at}: ${sum(sizes.values())} pods, ${most} at most`);
    if (entry.at < BEGIN_MS) continue;
    const least = fewest - deletions;
    const here = sum(serving.values());
    if (here < least) breaches.push(`${entry.at}: ${here} serve, ${least} at least`);
  }
  return breaches;
}

function serves({ metadata, status }: Pod): boolean {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  return metadata.deletionTimestamp === undefined && ready?.status === 'True';
}

test('whatever is typed, there are as many pods as may be and can be, and in the end what is wanted', () => {
  fc.assert(
    fc.property(story, (drawn) => {
      const over = play(drawn);
      const deletions = drawn.commands.filter(([, { kind }]) => kind === 'delete').length;
      expect(breachesOf(over, deletions)).toEqual([]);
      const pods = podsOf(over.world);
      expect(pods.map(({ metadata }) => metadata.labels?.['version'])).toEqual(
        Array(3).fill(String(LAST_VERSION)),
      );
      expect(pods.every(serves)).toBe(true);
      const sets = objectsOf<ReplicaSet>(over.world, 'replicasets.apps').map(({ spec }) => spec.replicas);
      expect(sets.filter((size) => size !== 0)).toEqual([3]);
      const [deployment] = objectsOf<Deployment>(over.world, 'deployments.apps');
      expect(deployment?.status).toMatchObject({ replicas: 3, updatedReplicas: 3, availableReplicas: 3 });
    }),
    { seed: 3, numRuns: 25 },
  );
}, 60_000);
