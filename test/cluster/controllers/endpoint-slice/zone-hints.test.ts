import { expect, test } from 'vitest';
import { asksForZones, zoneHints } from '../../../../src/cluster/controllers/endpoint-slice/zone-hints.ts';
import type { Endpoint, EndpointSlice, Node, Service } from '../../../../src/cluster/objects/kubernetes.ts';

const ZONE = 'topology.kubernetes.io/zone';

function nodeIn(zone: string | undefined, cpu: string, labels = {}, ready = 'True'): Node {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: `n-${zone}-${cpu}`, labels: { ...(zone && { [ZONE]: zone }), ...labels } },
    status: { allocatable: { cpu }, conditions: [{ type: 'Ready', status: ready }] },
  } as Node;
}

/** `aab`: three endpoints, by their zones. */
function endpointsIn(zones: string): Endpoint[] {
  return [...zones].map((zone, index) => ({
    addresses: [`10.88.0.${index}`],
    conditions: { ready: true },
    targetRef: { uid: String(index) },
    ...(zone !== '-' && { zone }),
  }));
}

const EVEN = [nodeIn('a', '4'), nodeIn('b', '4')];
const THREE = [nodeIn('a', '2'), nodeIn('b', '2'), nodeIn('c', '2')];
const UNEVEN = [nodeIn('a', '6'), nodeIn('b', '2')];

function toldFor(nodes: readonly Node[], zones: string, slices: readonly EndpointSlice[] = []): string {
  const hints = zoneHints({ nodes, ready: endpointsIn(zones), slices });
  if ('problem' in hints) return hints.problem;
  return [...zones].map((_, index) => hints.zoneOf.get(String(index)) ?? '-').join('');
}

test.each([
  ['each is for its own zone where the shares are right', EVEN, 'aabb', 'aabb'],
  ['a zone that has too many gives some away', EVEN, 'aaab', 'baab'],
  ['a larger zone gets more', UNEVEN, 'aabb', 'aaab'],
  ['a zone without any gets some', THREE, 'aaabbb', 'caacbb'],
  [
    'a control plane does not count',
    [...EVEN, nodeIn('c', '4', { 'node-role.kubernetes.io/control-plane': '' })],
    'ab',
    'ab',
  ],
  ['nor does a machine that is not ready', [...EVEN, nodeIn('c', '4', {}, 'Unknown')], 'ab', 'ab'],
  [
    'one zone is none',
    [nodeIn('a', '4')],
    'aa',
    'Insufficient Node information: allocatable CPU or zone not specified on one or more nodes',
  ],
  [
    'a machine without a zone spoils it',
    [...EVEN, nodeIn(undefined, '4')],
    'ab',
    'Insufficient Node information: allocatable CPU or zone not specified on one or more nodes',
  ],
  [
    'as many zones as endpoints are too many',
    THREE,
    'ab',
    'Insufficient number of endpoints (2 endpoints, 3 zones)',
  ],
  [
    'a small zone must not get too much',
    [nodeIn('a', '8'), nodeIn('b', '1')],
    'ab',
    'Unable to allocate minimum required endpoints to each zone without exceeding overload threshold (2 endpoints, 2 zones)',
  ],
  [
    'an endpoint without a zone spoils it',
    EVEN,
    'aab-',
    'One or more endpoints do not have a zone specified',
  ],
] as const)('%s', (_what, nodes, zones, told) => {
  expect(toldFor(nodes, zones)).toBe(told);
});

test('endpoints stay where they are while no zone has too many', () => {
  const endpoints = endpointsIn('aabb').map((endpoint, index) => ({
    ...endpoint,
    hints: { forZones: [{ name: 'baba'[index] ?? '' }] },
  }));
  const slice = { endpoints } as unknown as EndpointSlice;
  expect(toldFor(EVEN, 'aabb', [slice])).toBe('baba');
  expect(toldFor(UNEVEN, 'aabb', [slice])).toBe('aaab');
  expect(toldFor([nodeIn('a', '9'), nodeIn('b', '1')], 'aabbb', [slice])).toBe('aaaab');
});

test.each([
  [{ 'service.kubernetes.io/topology-mode': 'Auto' }, 36, true],
  [{ 'service.kubernetes.io/topology-mode': 'auto' }, 27, true],
  [{ 'service.kubernetes.io/topology-mode': 'Auto' }, 26, false],
  [{ 'service.kubernetes.io/topology-aware-hints': 'auto' }, 24, true],
  [{ 'service.kubernetes.io/topology-aware-hints': 'auto' }, 20, false],
  [{ 'service.kubernetes.io/topology-mode': 'Disabled' }, 36, false],
  [{}, 36, false],
])('%j asks for zones in 1.%i: %s', (annotations, minor, asks) => {
  const service = { metadata: { annotations } } as unknown as Service;
  expect(asksForZones(service, { minor, patch: 0 })).toBe(asks);
});
