import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import { deployment, pod, runningPod } from './objects.ts';
import { given, type Server } from './server.ts';

describe('a binding', () => {
  const binding = (metadata: object = { name: 'web' }, node = 'node-1') =>
    ({
      verb: 'create',
      resource: 'pods',
      subresource: 'binding',
      namespace: 'default',
      name: 'web',
      object: {
        apiVersion: 'v1',
        kind: 'Binding',
        metadata,
        target: { apiVersion: 'v1', kind: 'Node', name: node },
      } as KubeObject,
    }) as const;
  const waiting = (): Server => {
    const server = given([
      {
        apiVersion: 'v1',
        kind: 'Node',
        metadata: { name: 'node-1', labels: { 'topology.kubernetes.io/region': 'r' } },
      },
    ]);
    server.grant({ verb: 'create', resource: 'pods', namespace: 'default', object: pod('web') });
    return server;
  };

  test('gives a pod its node, says so, and counts no generation', () => {
    const server = waiting();
    server.at = 1500;
    const { events } = server.send(binding());
    expect(events).toHaveLength(1);
    expect(server.stored('pods', 'default', 'web')).toMatchObject({
      metadata: { generation: 1, labels: { 'topology.kubernetes.io/region': 'r' } },
      spec: { nodeName: 'node-1' },
      status: {
        phase: 'Pending',
        conditions: [
          {
            type: 'PodScheduled',
            status: 'True',
            lastProbeTime: null,
            lastTransitionTime: '2026-11-21T05:00:01Z',
          },
        ],
      },
    });
  });

  test.each([
    [
      'has one',
      binding(),
      'pod web is already assigned to node "node-1"',
      (server: Server) => server.grant(binding()),
    ],
    [
      'is another',
      binding({ name: 'web', uid: 'b' }),
      'Precondition failed: UID in precondition: b, ',
      () => undefined,
    ],
  ])('of a pod that %s is refused', (_what, request, why, before) => {
    const server = waiting();
    before(server);
    expect(server.refuse(request)).toMatchObject({
      code: 409,
      reason: 'Conflict',
      message: expect.stringContaining(why),
    });
  });

  test('of a pod that is being deleted, or waits behind a gate, is refused', () => {
    const terminating = {
      ...runningPod('web'),
      metadata: { name: 'web', namespace: 'default', deletionTimestamp: '2026-11-21T05:00:30Z' },
    };
    expect(given([terminating]).refuse(binding()).message).toBe(
      'Operation cannot be fulfilled on pods/binding "web": pod web is being deleted, cannot be assigned to a host',
    );
    const gated = {
      ...pod('web', { schedulingGates: [{ name: 'a.example/b' }] }),
      metadata: { name: 'web', namespace: 'default' },
    };
    expect(given([gated]).refuse(binding()).message).toBe(
      'Operation cannot be fulfilled on pods/binding "web": pod web has non-empty .spec.schedulingGates',
    );
  });

  test('of no pod is refused', () => {
    expect(given().refuse(binding())).toMatchObject({ code: 404, message: 'pods "web" not found' });
  });
});

describe('a scale', () => {
  const target = {
    resource: 'deployments.apps',
    subresource: 'scale',
    namespace: 'default',
    name: 'web',
  } as const;
  const withDeployment = (): Server => {
    const server = given();
    server.grant({
      verb: 'create',
      resource: 'deployments.apps',
      namespace: 'default',
      object: deployment('web', 2),
    });
    return server;
  };

  test('tells how many are wanted, and what to count', () => {
    const server = withDeployment();
    const { uid, resourceVersion } = server.stored('deployments.apps', 'default', 'web')?.metadata ?? {};
    expect(server.grant({ verb: 'get', ...target }).object).toEqual({
      apiVersion: 'autoscaling/v1',
      kind: 'Scale',
      metadata: {
        name: 'web',
        namespace: 'default',
        uid,
        resourceVersion,
        creationTimestamp: '2026-11-21T05:00:00Z',
      },
      spec: { replicas: 2 },
      status: { replicas: 0, selector: 'app=web' },
    });
  });

  test('is changed by a patch or as a whole, and counts a generation', () => {
    const server = withDeployment();
    const patched = server.grant({
      verb: 'patch',
      ...target,
      patchType: 'merge',
      patch: { spec: { replicas: 3 } },
    });
    expect(patched.object).toMatchObject({ kind: 'Scale', spec: { replicas: 3 } });
    const object = { ...patched.object, spec: { replicas: 0 } } as unknown as KubeObject;
    expect(server.grant({ verb: 'update', ...target, object }).object).toMatchObject({ spec: {} });
    expect(server.stored('deployments.apps', 'default', 'web')).toMatchObject({
      metadata: { generation: 3 },
      spec: { replicas: 0 },
    });
  });

  test('made from an old version is refused', () => {
    const server = withDeployment();
    const { object } = server.grant({ verb: 'get', ...target });
    server.grant({ verb: 'patch', ...target, patchType: 'merge', patch: { spec: { replicas: 3 } } });
    expect(server.refuse({ verb: 'update', ...target, object: object as KubeObject })).toMatchObject({
      reason: 'Conflict',
    });
  });

  test('below nothing is refused', () => {
    const request = {
      verb: 'patch',
      ...target,
      patchType: 'merge',
      patch: { spec: { replicas: -1 } },
    } as const;
    expect(withDeployment().refuse(request)).toMatchObject({
      code: 422,
      message:
        'Scale.autoscaling "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
    });
  });

  test('of what cannot be scaled is refused', () => {
    expect(
      given().refuse({ ...target, verb: 'update', resource: 'configmaps', object: deployment('web') }).code,
    ).toBe(404);
  });
});

test.each(['log', 'exec', 'ephemeralcontainers'])(
  "%s of a pod is not the server's to answer",
  (subresource) => {
    const request = {
      verb: 'get',
      resource: 'pods',
      subresource,
      namespace: 'default',
      name: 'web',
    } as const;
    expect(given().refuse(request).code).toBeGreaterThanOrEqual(400);
  },
);
