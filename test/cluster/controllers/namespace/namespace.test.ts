import { describe, expect, test } from 'vitest';
import type { Request } from '../../../../src/cluster/contract/request.ts';
import { namespaceController } from '../../../../src/cluster/controllers/namespace/namespace.ts';
import type { KubeObject } from '../../../../src/cluster/objects/kube-object.ts';
import type { Namespace, Pod } from '../../../../src/cluster/objects/kubernetes.ts';
import { changeOf } from '../../../../src/cluster/world/changes.ts';
import type { Play } from '../../node/play.ts';
import { deploymentOf, objectsOf, playWorkloads, podSpec } from '../workloads.ts';

const shop: Namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };

const made = { at: 0, request: { verb: 'create', resource: 'namespaces', object: shop } } as const;
const gone = { at: 5000, request: { verb: 'delete', resource: 'namespaces', name: 'shop' } } as const;

/** Somebody makes an object in the namespace. */
function create(resource: string, object: KubeObject): { at: number; request: Request } {
  const own = { ...object, metadata: { ...object.metadata, namespace: 'shop' } };
  return { at: 1000, request: { verb: 'create', resource, namespace: 'shop', object: own } };
}

const pod = (grace: number): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'slow' },
  // A shell that is the first process hears no TERM unless it listens for it.
  spec: {
    terminationGracePeriodSeconds: grace,
    containers: [{ name: 'c', image: 'busybox:1.36', command: ['sh', '-c', 'sleep 3600'] }],
  },
});

function play(typed: Parameters<typeof playWorkloads>[0], until: number): Play {
  return playWorkloads([made, ...typed, gone], { until, calm: true, more: [namespaceController] });
}

function namespaceOf({ world }: Play): Namespace | undefined {
  return objectsOf<Namespace>(world, 'namespaces').find(({ metadata }) => metadata.name === 'shop');
}

/** When the namespace was gone, in seconds since it was asked to go. */
function goneAfter({ log, world }: Play): number {
  const last = log.findLast((entry) => changeOf(world.store.tables, entry)?.object.metadata.name === 'shop');
  return ((last?.at ?? 0) - 5000) / 1000;
}

describe('a namespace that is to go', () => {
  test('is looked at five seconds later, and goes when it is empty', () => {
    const over = play([], 15_000);
    expect(namespaceOf(over)).toBeUndefined();
    // Its own ConfigMap and ServiceAccount are in the way no longer than that.
    expect(goneAfter(over)).toBeGreaterThanOrEqual(5);
    expect(goneAfter(over)).toBeLessThan(6);
  });

  test('takes its Deployments, their ReplicaSets and pods with it', () => {
    const over = play([create('deployments.apps', deploymentOf())], 90_000);
    expect(namespaceOf(over)).toBeUndefined();
    for (const resource of ['deployments.apps', 'replicasets.apps', 'pods'])
      expect(objectsOf(over.world, resource)).toEqual([]);
  });

  test('tells what is left, and looks again in half the time that pods may take', () => {
    const waiting = play([create('pods', pod(40))], 14_000);
    const condition = namespaceOf(waiting)?.status?.conditions?.find(
      ({ type }) => type === 'NamespaceContentRemaining',
    );
    expect(condition).toMatchObject({
      status: 'True',
      reason: 'SomeResourcesRemain',
      message: 'Some resources are remaining: pods. has 1 resource instances',
    });
    // At 5 s, 5 s after it wrote so, then every 21 s: the pod is gone 45 s after the beginning.
    expect(Math.floor(goneAfter(play([create('pods', pod(40))], 90_000)))).toBe(52);
  });

  test('is held by finalizers, and says by which', () => {
    const held = { ...pod(1), metadata: { name: 'held', finalizers: ['example.com/keep'] } };
    const over = play([create('pods', held)], 60_000);
    const conditions = namespaceOf(over)?.status?.conditions ?? [];
    expect(conditions.find(({ type }) => type === 'NamespaceFinalizersRemaining')?.message).toBe(
      'Some content in the namespace has finalizers remaining: example.com/keep in 1 resource instances',
    );
  });

  test('lets nothing new in', () => {
    const late = create('pods', { ...pod(1), metadata: { name: 'late' } });
    const over = play(
      [
        { ...late, at: 5500 },
        { ...create('pods', pod(30)), at: 1000 },
      ],
      8000,
    );
    expect(objectsOf<Pod>(over.world, 'pods').map(({ metadata }) => metadata.name)).toEqual(['slow']);
  });
});

test('of controllers nothing is left to do in a namespace that went', () => {
  const typed = [
    create('deployments.apps', {
      ...deploymentOf(),
      spec: { ...deploymentOf().spec, template: { metadata: { labels: { app: 'web' } }, spec: podSpec } },
    } as KubeObject),
  ];
  const over = play(typed, 120_000);
  const last = over.log.findLast(({ actor }) => actor === 'replicaset-controller')?.at ?? 0;
  expect(last).toBeLessThan(60_000);
});
