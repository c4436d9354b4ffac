import { describe, expect, test } from 'vitest';
import type { Container, PodSpec } from '../../../src/cluster/objects/kubernetes.ts';
import { podLimits, podRequests, resourceListOf } from '../../../src/cluster/objects/pod-resources.ts';
import { qosClassOf } from '../../../src/cluster/objects/qos-class.ts';

function container(requests: Record<string, string>, more: Partial<Container> = {}): Container {
  return { name: 'c', image: 'i', resources: { requests }, ...more };
}

function requests(spec: PodSpec): object {
  return resourceListOf(podRequests({ spec }));
}

describe('a pod requests', () => {
  test('the sum of its containers', () => {
    const containers = [container({ cpu: '100m', memory: '64Mi' }), container({ cpu: '0.2' })];
    expect(requests({ containers })).toEqual({ cpu: '300m', memory: '64Mi' });
  });

  test('what its hungriest init container needs, if that is more', () => {
    const spec = {
      containers: [container({ cpu: '100m', memory: '64Mi' })],
      initContainers: [container({ cpu: '1' }), container({ cpu: '500m', memory: '32Mi' })],
    };
    expect(requests(spec)).toEqual({ cpu: '1', memory: '64Mi' });
  });

  test('sidecars with the containers, and with the init containers that come after them', () => {
    const sidecar = container({ cpu: '200m' }, { restartPolicy: 'Always' });
    const before = {
      containers: [container({ cpu: '100m' })],
      initContainers: [container({ cpu: '400m' }), sidecar],
    };
    const after = {
      containers: [container({ cpu: '100m' })],
      initContainers: [sidecar, container({ cpu: '400m' })],
    };
    expect([requests(before), requests(after)]).toEqual([{ cpu: '400m' }, { cpu: '600m' }]);
  });

  test('what it says for itself instead, and its overhead on top', () => {
    const spec = {
      containers: [container({ cpu: '100m', 'example.com/gpu': '1' })],
      resources: { requests: { cpu: '2' } },
      overhead: { cpu: '50m', memory: '10Mi' },
    };
    expect(requests(spec)).toEqual({ cpu: '2050m', 'example.com/gpu': '1', memory: '10Mi' });
  });

  test('and limits itself with overhead only where it is limited', () => {
    const spec = {
      containers: [{ name: 'c', image: 'i', resources: { limits: { cpu: '1' } } }],
      overhead: { cpu: '50m', memory: '10Mi' },
    };
    expect(resourceListOf(podLimits({ spec }))).toEqual({ cpu: '1050m' });
  });
});

describe('a pod is', () => {
  const all = { cpu: '1', memory: '1Gi' };
  const equal = { requests: all, limits: all };
  const of = (...resources: object[]): PodSpec => ({
    containers: resources.map((own) => ({ name: 'c', image: 'i', resources: own })),
  });
  test.each<[qosClass: string, why: string, spec: PodSpec]>([
    ['BestEffort', 'nothing is said', of({}, {})],
    ['BestEffort', 'only other resources are', of({ limits: { 'example.com/gpu': '1' } })],
    ['BestEffort', 'nothing but zero is', of({ requests: { cpu: '0' } })],
    ['Guaranteed', 'requests equal limits everywhere', of(equal, equal)],
    [
      'Guaranteed',
      'they are equal in other notation',
      of({ requests: { cpu: '1000m', memory: '1024Mi' }, limits: all }),
    ],
    ['Burstable', 'one container says nothing', of(equal, {})],
    ['Burstable', 'memory is not limited', of({ requests: { cpu: '1' }, limits: { cpu: '1' } })],
    [
      'Burstable',
      'less is requested than allowed',
      of({ requests: { cpu: '500m', memory: '1Gi' }, limits: all }),
    ],
    ['Burstable', 'an init container differs', { ...of(equal), initContainers: [container({ cpu: '1' })] }],
    ['Guaranteed', 'it says so as a whole', { ...of({}), resources: equal }],
    ['Burstable', 'it requests as a whole without a limit', { ...of({}), resources: { requests: all } }],
  ])('%s when %s', (qosClass, _, spec) => {
    expect(qosClassOf({ spec })).toBe(qosClass);
  });
});
