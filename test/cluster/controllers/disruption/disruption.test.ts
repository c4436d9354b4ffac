import { describe, expect, test } from 'vitest';
import { disruptionController } from '../../../../src/cluster/controllers/disruption/disruption.ts';
import type { KubeObject } from '../../../../src/cluster/objects/kube-object.ts';
import type {
  OwnerReference,
  PodDisruptionBudget,
  PodDisruptionBudgetSpec,
  PodDisruptionBudgetStatus,
} from '../../../../src/cluster/objects/kubernetes.ts';
import { given } from '../../../support/given.ts';
import { settingsOf } from '../../node/play.ts';

type Stored = readonly [resource: string, object: KubeObject];

const labels = { app: 'web' };
const NOW = 10_000;

const owner = (kind: string): OwnerReference => ({
  apiVersion: 'apps/v1',
  kind,
  name: 'web',
  uid: 'uid-web',
  controller: true,
});

interface PodDraft {
  readonly ready?: boolean;
  readonly going?: boolean;
  readonly owned?: OwnerReference | null;
}

function pod(
  name: string,
  { ready = true, going = false, owned = owner('ReplicaSet') }: PodDraft = {},
): Stored {
  const metadata = {
    name,
    namespace: 'default',
    labels,
    ...(owned && { ownerReferences: [owned] }),
    ...(going && { deletionTimestamp: '2026-11-21T05:08:20Z' }),
  };
  const conditions = [{ type: 'Ready', status: ready ? 'True' : 'False' }];
  const object = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata,
    spec: { containers: [{ name: 'main', image: 'busybox' }] },
    status: { phase: 'Running', conditions },
  };
  return ['pods', object];
}

const replicaSet = (replicas: number): Stored => [
  'replicasets.apps',
  {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: 'web', namespace: 'default', uid: 'uid-web' },
    spec: { replicas, selector: { matchLabels: labels } },
  } as KubeObject,
];

function statusOf(
  spec: PodDisruptionBudgetSpec,
  objects: readonly Stored[],
  { minor = 36, status = {} }: { minor?: number; status?: PodDisruptionBudgetStatus } = {},
): PodDisruptionBudgetStatus {
  const budget: KubeObject = {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'web', namespace: 'default', generation: 1 },
    spec: { selector: { matchLabels: labels }, ...spec },
    status,
  } as KubeObject;
  const key = '/registry/poddisruptionbudgets/default/web';
  const { world } = given({
    settings: settingsOf({ minor }),
    objects: [['poddisruptionbudgets.policy', budget], ...objects],
  }).when(disruptionController, { actor: 'disruption-controller', key }, NOW);
  const after = world.store.tables.objects.read(key, world.seq) as PodDisruptionBudget | undefined;
  return after?.status ?? {};
}

const pods = (count: number): Stored[] => Array.from({ length: count }, (_, index) => pod(`web-${index}`));

describe('a budget allows', () => {
  test.each<[what: string, spec: PodDisruptionBudgetSpec, objects: Stored[], expected: number[]]>([
    ['what is over a number', { minAvailable: 5 }, pods(6), [6, 5, 6, 1]],
    ['nothing when too few are there', { minAvailable: 3 }, pods(2), [2, 3, 2, 0]],
    ['half of three, rounded up', { minAvailable: '50%' }, [replicaSet(3), ...pods(3)], [3, 2, 3, 1]],
    [
      '30% of three to be missing, rounded up',
      { maxUnavailable: '30%' },
      [replicaSet(3), ...pods(3)],
      [3, 2, 3, 1],
    ],
    [
      'of the scale that is asked for, not the pods that are there',
      { maxUnavailable: 1 },
      [replicaSet(4), ...pods(3)],
      [3, 3, 4, 0],
    ],
    [
      'nothing for pods that are not ready or on their way out',
      { minAvailable: 1 },
      [pod('a'), pod('b', { ready: false }), pod('c', { going: true })],
      [1, 1, 3, 0],
    ],
    ['nothing without pods', { minAvailable: 0 }, [], [0, 0, 0, 0]],
  ])('%s', (_what, spec, objects, [currentHealthy, desiredHealthy, expectedPods, disruptionsAllowed]) => {
    expect(statusOf(spec, objects)).toMatchObject({
      currentHealthy,
      desiredHealthy,
      expectedPods,
      disruptionsAllowed,
      observedGeneration: 1,
    });
  });
});

describe('a pod that was evicted', () => {
  const budget = { minAvailable: 1 };
  test.each<[what: string, since: string, allowed: number, disrupted: boolean]>([
    ['does not count until it is asked to go', '2026-11-21T05:08:24Z', 0, true],
    ['counts again when it has not been asked within two minutes', '2026-11-21T05:06:24Z', 1, false],
  ])('%s', (_what, since, disruptionsAllowed, isDisrupted) => {
    const status = { disruptedPods: { 'web-0': since } };
    const after = statusOf(budget, pods(2), { status });
    expect(after.disruptionsAllowed).toBe(disruptionsAllowed);
    expect(after.disruptedPods).toEqual(isDisrupted ? { 'web-0': since } : undefined);
  });
});

describe('a budget that can not be counted', () => {
  test('allows nothing, and says why', () => {
    const status = statusOf({ maxUnavailable: 1 }, [pod('a', { owned: owner('DaemonSet') })]);
    expect(status).toMatchObject({
      disruptionsAllowed: 0,
      conditions: [
        {
          type: 'DisruptionAllowed',
          status: 'False',
          reason: 'SyncFailed',
          message: 'daemonsets.apps does not implement the scale subresource',
        },
      ],
    });
  });

  test('had no conditions in 1.20', () => {
    expect(statusOf({ minAvailable: 1 }, pods(2), { minor: 20 })).not.toHaveProperty('conditions');
  });
});
