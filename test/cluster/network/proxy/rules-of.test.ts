import { describe, expect, test } from 'vitest';
import { rulesOf } from '../../../../src/cluster/network/proxy/rules-of.ts';
import type { ServiceSpec } from '../../../../src/cluster/objects/kubernetes.ts';
import { service, slice } from '../view-at.ts';

const NODE_PORT: Partial<ServiceSpec> = {
  type: 'NodePort',
  ports: [{ port: 80, protocol: 'TCP', nodePort: 30_080 }],
};

interface Case {
  readonly spec?: Partial<ServiceSpec>;
  readonly endpoints: readonly string[];
  readonly minor?: number;
  readonly metadata?: object;
}

/** The rules of node-1, in words: `cluster 10.88.1.2:8080 | local … | served`. */
function told({ spec, endpoints, minor = 36, metadata }: Case): string {
  const rules = rulesOf(service(spec, metadata), [slice(endpoints)], {
    node: 'node-1',
    version: { minor, patch: 0 },
  });
  const texts = [...rules].map(([port, { cluster, local, isServed }]) =>
    [
      port,
      ...(cluster ? [`cluster ${Object.keys(cluster).join(' ')}`] : []),
      ...(local ? [`local ${Object.keys(local).join(' ')}`] : []),
      ...(isServed ? ['served'] : []),
    ].join(' | '),
  );
  return texts.join('; ');
}

describe('the rules of a node for a service', () => {
  const both = ['10.88.1.2 ready', '10.88.2.2 ready'];
  const going = ['10.88.1.2 terminating', '10.88.2.2 unready', '10.88.2.3 gone'];
  test.each<[string, Case, string]>([
    ['lead to all that are ready', { endpoints: both }, 'cluster 10.88.1.2:8080 10.88.2.2:8080 | served'],
    [
      'leave out what is not ready, and what goes away while another is ready',
      { endpoints: ['10.88.1.2 ready', '10.88.1.3 unready', '10.88.1.4 terminating'] },
      'cluster 10.88.1.2:8080 | served',
    ],
    [
      'lead to what still serves when nothing is ready',
      { endpoints: going },
      'cluster 10.88.1.2:8080 | served',
    ],
    ['did not before 1.26', { endpoints: going, minor: 25 }, 'cluster '],
    ['lead nowhere without endpoints', { endpoints: [] }, 'cluster '],
    [
      'stay on the node with internalTrafficPolicy Local',
      { endpoints: both, spec: { internalTrafficPolicy: 'Local' } },
      'local 10.88.1.2:8080 | served',
    ],
    [
      'tell that there are endpoints elsewhere',
      { endpoints: ['10.88.2.2 ready'], spec: { internalTrafficPolicy: 'Local' } },
      'local  | served',
    ],
    [
      'keep both for externalTrafficPolicy Local: from inside all may be reached',
      { endpoints: both, spec: { ...NODE_PORT, externalTrafficPolicy: 'Local' } },
      'cluster 10.88.1.2:8080 10.88.2.2:8080 | local 10.88.1.2:8080 | served',
    ],
    [
      'fall back on the node alone when its own all go away',
      {
        endpoints: ['10.88.1.2 terminating', '10.88.2.2 ready'],
        spec: { ...NODE_PORT, externalTrafficPolicy: 'Local' },
      },
      'cluster 10.88.2.2:8080 | local 10.88.1.2:8080 | served',
    ],
  ])('%s', (_, wanted, text) => {
    expect(told(wanted)).toBe(`default/web | ${text}`);
  });

  test.each<[string, Case]>([
    ['headless', { endpoints: both, spec: { clusterIP: 'None' } }],
    ['only another name', { endpoints: both, spec: { type: 'ExternalName', externalName: 'example.com' } }],
    [
      "another proxy's",
      { endpoints: both, metadata: { labels: { 'service.kubernetes.io/service-proxy-name': 'mine' } } },
    ],
  ])('there are none for a service that is %s', (_, wanted) => {
    expect(told(wanted)).toBe('');
  });

  test('a named port is found by its name, whatever number it has in a pod', () => {
    const ports = [
      { name: 'http', port: 80, protocol: 'TCP', targetPort: 'web' },
      { name: 'admin', port: 9000, protocol: 'TCP', targetPort: 'admin' },
    ];
    const slices = [
      slice(['10.88.1.2 ready'], [{ name: 'http', port: 8080, protocol: 'TCP' }]),
      slice(
        ['10.88.1.3 ready'],
        [
          { name: 'http', port: 8081, protocol: 'TCP' },
          { name: 'admin', port: 9001, protocol: 'TCP' },
        ],
      ),
    ];
    const rules = rulesOf(service({ ports }), slices, { node: 'node-1', version: { minor: 36, patch: 0 } });
    expect([...rules].map(([port, { cluster = {} }]) => [port, Object.keys(cluster)])).toEqual([
      ['default/web:http', ['10.88.1.2:8080', '10.88.1.3:8081']],
      ['default/web:admin', ['10.88.1.3:9001']],
    ]);
  });

  test('keep a client for as long as the service says', () => {
    const affinity: Partial<ServiceSpec> = {
      sessionAffinity: 'ClientIP',
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } },
    };
    const rules = rulesOf(service(affinity), [], { node: 'node-1', version: { minor: 36, patch: 0 } });
    expect(rules.get('default/web')?.affinityMs).toBe(60_000);
  });
});

describe('the rules of a node for endpoints that say for whom they are', () => {
  const near = (address: string, zone: string, node?: string) => ({
    addresses: [address],
    conditions: { ready: true },
    hints: { forZones: [{ name: zone }], ...(node !== undefined && { forNodes: [{ name: node }] }) },
  });
  const cases: readonly (readonly [
    string,
    readonly ReturnType<typeof near>[],
    string | undefined,
    string,
  ])[] = [
    ['lead to those of its zone', [near('10.88.1.2', 'a'), near('10.88.2.2', 'b')], 'a', '10.88.1.2:8080'],
    [
      'lead to all where its zone has none',
      [near('10.88.1.2', 'b'), near('10.88.2.2', 'b')],
      'a',
      '10.88.1.2:8080 10.88.2.2:8080',
    ],
    ['lead to all where its zone is not known', [near('10.88.1.2', 'a')], undefined, '10.88.1.2:8080'],
    [
      'lead to those of the node first',
      [near('10.88.1.2', 'a', 'node-1'), near('10.88.2.2', 'a', 'node-2')],
      'a',
      '10.88.1.2:8080',
    ],
  ];
  test.each(cases)('%s', (_, endpoints, zone, wanted) => {
    const own = { ...slice(['10.88.1.2 ready']), endpoints: [...endpoints] };
    const version = { minor: 36, patch: 0 };
    const rules = rulesOf(service(), [own], { node: 'node-1', version, zone });
    expect([...rules.values()].map(({ cluster = {} }) => Object.keys(cluster).join(' '))).toEqual([wanted]);
  });
});
