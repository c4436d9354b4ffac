import { expect, test } from 'vitest';
import { typedFault } from '../../../src/scenario/language/typed-fault.ts';

test.each([
  ['stop kubelet node-2', { stop: 'kubelet', node: 'node-2' }],
  ['restart machine node-1 takes 30s', { restart: 'machine', node: 'node-1', takes: '30s' }],
  ['cut network a,b from control-plane', { cut: 'network', node: ['a', 'b'], from: 'control-plane' }],
  ['stop network node-1', undefined],
  ['stop kubelet node-1 from node-2', undefined],
  ['stop kubelet', undefined],
  ['get pods node-1', undefined],
])('%s', (line, fault) => {
  expect(typedFault(line)).toEqual(fault);
});
