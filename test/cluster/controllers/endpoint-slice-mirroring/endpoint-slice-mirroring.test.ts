import { describe, expect, test } from 'vitest';
import { endpointSliceMirroringController } from '../../../../src/cluster/controllers/endpoint-slice-mirroring/endpoint-slice-mirroring.ts';
import { endpointsController } from '../../../../src/cluster/controllers/endpoints/endpoints.ts';
import type {
  EndpointSlice,
  EndpointSubset,
  ServiceSpec,
} from '../../../../src/cluster/objects/kubernetes.ts';
import { objectReader } from '../../../../src/cluster/world/readers.ts';
import { create, type Typed } from '../../node/play.ts';
import { playWorkloads } from '../workloads.ts';

const ENDPOINTS = { resource: 'endpoints', namespace: 'default', name: 'db' } as const;
const one: EndpointSubset = { addresses: [{ ip: '192.0.2.1' }], ports: [{ port: 5432, protocol: 'TCP' }] };
const two: EndpointSubset = {
  addresses: [{ ip: '192.0.2.2' }],
  notReadyAddresses: [{ ip: '192.0.2.3' }],
  ports: [{ name: 'sql', port: 5433, protocol: 'TCP' }],
};

function service(spec: Partial<ServiceSpec> = {}): Typed {
  const object = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'db' },
    spec: { ports: [{ port: 5432 }], ...spec },
  };
  return create(100, object, 'services');
}

function endpoints(subsets: readonly EndpointSubset[], metadata: object = {}): Typed {
  const object = { apiVersion: 'v1', kind: 'Endpoints', metadata: { name: 'db', ...metadata }, subsets };
  return create(200, object, 'endpoints');
}

function changed(at: number, subsets: readonly EndpointSubset[]): Typed {
  return { at, request: { verb: 'patch', ...ENDPOINTS, patchType: 'merge', patch: { subsets } } };
}

function slicesAfter(...typed: readonly Typed[]): readonly EndpointSlice[] {
  const more = [endpointsController, endpointSliceMirroringController];
  const { world } = playWorkloads(typed, { until: 10_000, nodes: 1, more });
  const reader = objectReader({ tables: world.store.tables, seq: world.seq });
  return reader
    .list<EndpointSlice>('endpointslices.discovery.k8s.io', 'default')
    .filter(({ metadata }) => metadata.name !== 'kubernetes');
}

/** `5432: 192.0.2.1+ 192.0.2.3-`, by ports. */
function told(slices: readonly EndpointSlice[]): readonly string[] {
  const texts = slices.map(({ ports, endpoints: all }) => {
    const numbers = (ports ?? []).map(({ name, port }) => (name ? `${name}=${port}` : `${port}`));
    const ends = (all ?? []).map((end) => `${end.addresses[0]}${end.conditions?.ready ? '+' : '-'}`);
    return `${numbers.join(' ')}: ${ends.join(' ')}`;
  });
  return texts.sort();
}

describe('Endpoints made by hand', () => {
  test('are mirrored into a slice that says whose it is', () => {
    const annotations = { note: 'mine', 'kubectl.kubernetes.io/last-applied-configuration': '{}' };
    const [slice, ...others] = slicesAfter(
      service(),
      endpoints([one], { labels: { tier: 'db' }, annotations }),
    );
    expect(others).toEqual([]);
    expect(slice?.metadata).toMatchObject({
      generateName: 'db-',
      labels: {
        tier: 'db',
        'kubernetes.io/service-name': 'db',
        'endpointslice.kubernetes.io/managed-by': 'endpointslicemirroring-controller.k8s.io',
      },
      annotations: { note: 'mine' },
      ownerReferences: [{ kind: 'Endpoints', name: 'db', controller: true, blockOwnerDeletion: true }],
    });
    expect(slice).toMatchObject({
      addressType: 'IPv4',
      endpoints: [{ addresses: ['192.0.2.1'], conditions: { ready: true } }],
      ports: [{ name: '', port: 5432, protocol: 'TCP' }],
    });
  });

  test.each<[string, readonly Typed[], readonly string[]]>([
    [
      'with other ports have another slice',
      [endpoints([one, two])],
      ['5432: 192.0.2.1+', 'sql=5433: 192.0.2.2+ 192.0.2.3-'],
    ],
    [
      'that change are followed',
      [endpoints([one]), changed(3000, [two])],
      ['sql=5433: 192.0.2.2+ 192.0.2.3-'],
    ],
    [
      'that go take their slices along',
      [endpoints([one]), { at: 3000, request: { verb: 'delete', ...ENDPOINTS } }],
      [],
    ],
    [
      'go with their service',
      [
        endpoints([one]),
        { at: 3000, request: { verb: 'delete', resource: 'services', namespace: 'default', name: 'db' } },
      ],
      [],
    ],
    [
      'are left alone when they say so',
      [endpoints([one], { labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } })],
      [],
    ],
  ])('%s', (_, typed, wanted) => {
    expect(told(slicesAfter(service(), ...typed))).toEqual(wanted);
  });

  test('are not mirrored for a service that selects pods, nor without one', () => {
    expect(slicesAfter(endpoints([one]))).toEqual([]);
    expect(slicesAfter(service({ selector: { app: 'db' } }), endpoints([one]))).toEqual([]);
  });
});
