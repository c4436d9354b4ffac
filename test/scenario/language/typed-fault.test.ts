import { expect, test } from 'vitest';
import { areThere, typedFault } from '../../../src/scenario/language/typed-fault.ts';

test.each([
  ['stop kubelet node-2', { stop: 'kubelet', node: 'node-2' }],
  ['restart machine node-1 takes 30s', { restart: 'machine', node: 'node-1', takes: '30s' }],
  ['cut network a,b from control-plane', { cut: 'network', node: ['a', 'b'], from: 'control-plane' }],
  ['stop kubelet node-1 for 30s', { stop: 'kubelet', node: 'node-1', for: '30s' }],
  [
    'fail pulls because rateLimited registry docker.io',
    { fail: 'pulls', because: 'rateLimited', registry: 'docker.io' },
  ],
  ['kill container pod web-1 signal TERM', { kill: 'container', pod: 'web-1', signal: 'TERM' }],
  [
    'drop watches of kubelet resources pods,nodes',
    { drop: 'watches', of: 'kubelet', resources: ['pods', 'nodes'] },
  ],
  ['skew clock node-1 by -5m', { skew: 'clock', node: 'node-1', by: '-5m' }],
  ['fill disk zone/a size 40Gi', { fill: 'disk', node: 'zone/a', size: '40Gi' }],
  ['free -h', undefined],
  ['kill -9 17', undefined],
  ['cut -d: -f1', undefined],
  ['stop kubelet node-1 for', undefined],
  ['stop network node-1', undefined],
  ['stop kubelet node-1 from node-2', undefined],
  ['stop kubelet', undefined],
  ['get pods node-1', undefined],
])('%s', (line, fault) => {
  expect(typedFault(line)).toEqual(fault);
});

test.each([
  ['stop kubelet node-1', true],
  ['stop machine zone/a', true],
  ['fail pulls because notFound', true],
  ['stop kubelet node-1,node-9', false],
  ['stop machine zone/b', false],
])('%s: what it speaks of is there, or is not', (line, isThere) => {
  const labels = { 'topology.kubernetes.io/zone': 'a' };
  const node = { name: 'node-1', labels, capacity: {}, taints: [], kubeletStartedAt: 0, controlPlane: false };
  const fault = typedFault(line);
  expect(fault && areThere(fault, { nodes: [node] })).toBe(isThere);
});
