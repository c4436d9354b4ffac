import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import type { Pod } from '../../../src/cluster/objects/kubernetes.ts';
import { configMap, runningPod } from './objects.ts';
import { given, type Server } from './server.ts';

const update = (object: KubeObject, resource: string) =>
  ({ verb: 'update', resource, namespace: 'default', name: 'web', object }) as const;

describe('a status', () => {
  const withPod = (): Server => given([runningPod('web')]);
  const statusUpdate = (object: KubeObject) =>
    ({ ...update(object, 'pods'), subresource: 'status' }) as const;

  test('is written by its subresource, which changes nothing else', () => {
    const server = withPod();
    const before = server.stored<Pod>('pods', 'default', 'web') as Pod & KubeObject;
    const object = {
      ...before,
      metadata: {
        ...before.metadata,
        ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: 'n', uid: 'u' }],
      },
      spec: { ...before.spec, nodeName: 'node-9' },
      status: { ...before.status, phase: 'Failed' },
    };
    const { events, response } = server.send(statusUpdate(object));
    expect(events).toMatchObject([{ type: 'ObjectUpdated', set: { '/status/phase': 'Failed' } }]);
    expect(response).toMatchObject({
      ok: true,
      object: { spec: { nodeName: 'node-1' }, status: { phase: 'Failed' } },
    });
    expect(server.stored<Pod>('pods', 'default', 'web')?.metadata.ownerReferences).toBeUndefined();
  });

  test('is left alone by an update of the rest', () => {
    const server = withPod();
    const before = server.stored<Pod>('pods', 'default', 'web') as Pod & KubeObject;
    const object = { ...before, status: { phase: 'Failed' } };
    expect(server.grant(update(object, 'pods')).object).toMatchObject({ status: before.status });
  });

  test('of a pod keeps its class and what was observed, where a kubelet leaves it out', () => {
    const server = given([
      {
        ...runningPod('web'),
        status: {
          phase: 'Running',
          qosClass: 'Burstable',
          observedGeneration: 1,
          conditions: [{ type: 'Ready', status: 'True', observedGeneration: 1 }],
        },
      },
    ]);
    const before = server.stored<Pod>('pods', 'default', 'web') as Pod & KubeObject;
    const status = { phase: 'Running', conditions: [{ type: 'Ready', status: 'False' }] };
    expect(server.grant(statusUpdate({ ...before, status } as KubeObject)).object).toMatchObject({
      status: {
        qosClass: 'Burstable',
        observedGeneration: 1,
        conditions: [{ type: 'Ready', status: 'False', observedGeneration: 1 }],
      },
    });
  });

  test('may be told by a program that hands everything else back as it read it', () => {
    const ownerReferences = [{ apiVersion: 'v1', kind: 'Node', name: 'n', uid: 'u' }];
    const owned = { ...runningPod('web'), metadata: { ...runningPod('web').metadata, ownerReferences } };
    const server = given([owned]);
    const before = server.stored<Pod>('pods', 'default', 'web') as Pod & KubeObject;
    const failed = { ...before, status: { ...before.status, phase: 'Failed' } };
    const { events } = server.send(statusUpdate(failed));
    expect(events).toMatchObject([{ set: { '/status/phase': 'Failed' } }]);
    expect(server.send(statusUpdate(server.stored('pods', 'default', 'web') ?? before)).events).toEqual([]);
  });

  test('takes the labels that come with it', () => {
    const server = withPod();
    const before = server.stored<Pod>('pods', 'default', 'web') as Pod & KubeObject;
    const object = { ...before, metadata: { ...before.metadata, labels: { a: 'b' } } };
    expect(server.grant(statusUpdate(object)).object?.metadata.labels).toEqual({ a: 'b' });
  });

  test('is not there to be written of kinds that have none', () => {
    const request = { ...update(configMap('web'), 'configmaps'), subresource: 'status' } as const;
    expect(given().refuse(request)).toMatchObject({ code: 404, reason: 'NotFound' });
  });

  test('is checked when a person wrote it', () => {
    const status = { phase: 'Running', qosClass: 'Guaranteed' };
    const request = {
      verb: 'patch',
      resource: 'pods',
      subresource: 'status',
      namespace: 'default',
      name: 'web',
      patchType: 'merge',
      patch: { status },
      strict: true,
    } as const;
    expect(withPod().refuse(request)).toMatchObject({
      code: 422,
      message: 'Pod "web" is invalid: status.qosClass: Invalid value: "Guaranteed": field is immutable',
    });
  });
});
