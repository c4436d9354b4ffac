import { describe, expect, test } from 'vitest';
import type { DeleteOptions } from '../../../src/cluster/contract/request.ts';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import type { Pod, PodDisruptionBudget } from '../../../src/cluster/objects/kubernetes.ts';
import { runningPod } from './objects.ts';
import { given, type Server, settingsOf } from './server.ts';

describe('an eviction', () => {
  const eviction = (deleteOptions: DeleteOptions = {}) =>
    ({
      verb: 'create',
      resource: 'pods',
      subresource: 'eviction',
      namespace: 'default',
      name: 'web',
      object: {
        apiVersion: 'policy/v1',
        kind: 'Eviction',
        metadata: { name: 'web' },
        deleteOptions,
      } as KubeObject,
    }) as const;
  const labelled = (status = runningPod('web').status) => ({
    ...runningPod('web'),
    metadata: { name: 'web', namespace: 'default', labels: { app: 'web' } },
    status,
  });
  const budget = (status: object, spec: object = {}): KubeObject =>
    ({
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'web', namespace: 'default', generation: 1 },
      spec: { minAvailable: 5, selector: { matchLabels: { app: 'web' } }, ...spec },
      status: { observedGeneration: 1, expectedPods: 6, ...status },
    }) as KubeObject;
  const told = (server: Server) =>
    server
      .send(eviction())
      .events.map((event) => ('key' in event ? `${event.type} ${event.key}` : event.type));
  const POD = 'ObjectUpdated /registry/pods/default/web';
  const BUDGET = 'ObjectUpdated /registry/poddisruptionbudgets/default/web';

  test('marks the pod and deletes it, as recorded of 1.36', () => {
    const server = given([labelled()]);
    expect(told(server)).toEqual([POD, POD]);
    const { metadata, status } = server.stored<Pod>('pods', 'default', 'web') ?? {};
    expect(metadata).toMatchObject({ deletionGracePeriodSeconds: 30 });
    expect(status?.conditions?.at(-1)).toEqual({
      type: 'DisruptionTarget',
      status: 'True',
      lastProbeTime: null,
      lastTransitionTime: '2026-11-21T05:00:00Z',
      reason: 'EvictionByEvictionAPI',
      message: 'Eviction API: evicting',
    });
  });

  test('only deletes it in 1.20', () => {
    const server = given([labelled()], settingsOf('1.20'));
    expect(told(server)).toEqual([POD]);
    expect(server.stored<Pod>('pods', 'default', 'web')?.status?.conditions).toHaveLength(1);
  });

  test('obeys the options that come with it', () => {
    const server = given([labelled()]);
    server.grant(eviction({ gracePeriodSeconds: 3 }));
    expect(server.stored('pods', 'default', 'web')?.metadata.deletionGracePeriodSeconds).toBe(3);
  });

  test('takes a disruption from the budget first', () => {
    const server = given([
      labelled(),
      budget({ disruptionsAllowed: 1, currentHealthy: 6, desiredHealthy: 5 }),
    ]);
    expect(told(server)).toEqual([BUDGET, POD, POD]);
    expect(
      server.stored<PodDisruptionBudget & KubeObject>('poddisruptionbudgets.policy', 'default', 'web')
        ?.status,
    ).toMatchObject({
      disruptionsAllowed: 0,
      disruptedPods: { web: '2026-11-21T05:00:00Z' },
      conditions: [
        { type: 'DisruptionAllowed', status: 'False', reason: 'InsufficientPods', observedGeneration: 1 },
      ],
    });
  });

  test.each([
    [
      'has none left',
      [budget({ disruptionsAllowed: 0, currentHealthy: 5, desiredHealthy: 5 })],
      429,
      'The disruption budget web needs 5 healthy pods and has 5 currently',
    ],
    [
      'has not been looked at by its controller',
      [budget({ observedGeneration: 0, disruptionsAllowed: 1 })],
      429,
      'The disruption budget web is still being processed by the server.',
    ],
  ])('is refused where the budget %s', (_what, budgets, code, message) => {
    const server = given([labelled(), ...budgets]);
    const refusal = server.refuse(eviction());
    expect(refusal).toMatchObject({
      code,
      reason: 'TooManyRequests',
      message: "Cannot evict pod as it would violate the pod's disruption budget.",
      details: { causes: [{ reason: 'DisruptionBudget', message }] },
    });
    expect(server.stored('pods', 'default', 'web')?.metadata.deletionTimestamp).toBeUndefined();
  });

  test('is refused where two budgets are about the pod', () => {
    const allowing = budget({ disruptionsAllowed: 1 });
    const second = { ...allowing, metadata: { ...allowing.metadata, name: 'other' } };
    expect(given([labelled(), allowing, second]).refuse(eviction())).toMatchObject({
      code: 500,
      message:
        'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
    });
  });

  test.each([
    ['does not run yet', labelled({ phase: 'Pending' }), {}, {}],
    [
      'is not ready, and the rest is enough',
      labelled({ phase: 'Running' }),
      { currentHealthy: 5, desiredHealthy: 5 },
      {},
    ],
    [
      'is not ready, and may always go',
      labelled({ phase: 'Running' }),
      {},
      { unhealthyPodEvictionPolicy: 'AlwaysAllow' },
    ],
  ])('spends nothing on a pod that %s', (_what, object, status, spec) => {
    const server = given([object, budget({ disruptionsAllowed: 0, ...status }, spec)]);
    expect(told(server)).not.toContain(BUDGET);
    expect(server.stored('pods', 'default', 'web')?.metadata.deletionTimestamp).toBeDefined();
  });
});
