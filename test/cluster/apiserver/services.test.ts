import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import type { Service, ServiceSpec } from '../../../src/cluster/objects/kubernetes.ts';
import { given, type Server, settingsOf } from './server.ts';

const service = (name: string, spec: ServiceSpec): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { ports: [{ port: 80 }], ...spec },
  }) as KubeObject;

const create = (server: Server, name: string, spec: ServiceSpec = {}): ServiceSpec => {
  const object = service(name, spec);
  return (
    (server.grant({ verb: 'create', resource: 'services', namespace: 'default', object }).object as Service)
      .spec ?? {}
  );
};

const update = (server: Server, name: string, spec: ServiceSpec): ServiceSpec => {
  const object = service(name, spec);
  return (
    (
      server.grant({ verb: 'update', resource: 'services', namespace: 'default', name, object })
        .object as Service
    ).spec ?? {}
  );
};

describe('a new Service', () => {
  test('gets an address outside of the band for those who ask', () => {
    const { clusterIP = '', clusterIPs, ipFamilies, ipFamilyPolicy } = create(given(), 'web');
    expect(clusterIP).toMatch(/^10\.(?:9[6-9]|10\d|11[01])\.\d+\.\d+$/);
    expect(clusterIP).not.toMatch(/^10\.96\.0\./);
    expect({ clusterIPs, ipFamilies, ipFamilyPolicy }).toEqual({
      clusterIPs: [clusterIP],
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
    });
  });

  test('gets the same address whatever else is in the cluster', () => {
    const crowded = given();
    create(crowded, 'a');
    create(crowded, 'b', { type: 'NodePort' });
    expect(create(crowded, 'web').clusterIP).toBe(create(given(), 'web').clusterIP);
  });

  test.each<[string, ServiceSpec, object]>([
    [
      'without one address',
      { clusterIP: 'None', selector: { a: 'b' } },
      { clusterIP: 'None', clusterIPs: ['None'] },
    ],
    [
      'without address or selector',
      { clusterIP: 'None' },
      { ipFamilies: ['IPv4', 'IPv6'], ipFamilyPolicy: 'RequireDualStack' },
    ],
    [
      'at the address that it asks for',
      { clusterIP: '10.96.0.9' },
      { clusterIP: '10.96.0.9', clusterIPs: ['10.96.0.9'] },
    ],
    [
      'at the port that it asks for',
      { type: 'NodePort', ports: [{ port: 80, nodePort: 30_001 }] },
      { ports: [{ nodePort: 30_001 }] },
    ],
  ])('%s', (_what, spec, expected) => {
    expect(create(given(), 'web', spec)).toMatchObject(expected);
  });

  test('that is but another name has no address', () => {
    const spec = create(given(), 'web', { type: 'ExternalName', externalName: 'example.com' });
    expect(Object.keys(spec)).not.toContain('clusterIP');
    expect(Object.keys(spec)).not.toContain('ipFamilies');
  });

  test('shares a port of the nodes between protocols, and else has one for each port', () => {
    const ports = [
      { name: 'dns', port: 53, protocol: 'UDP' },
      { name: 'dns-tcp', port: 53, protocol: 'TCP' },
      { name: 'web', port: 80 },
    ];
    const nodePorts =
      create(given(), 'web', { type: 'NodePort', ports }).ports?.map(({ nodePort = 0 }) => nodePort) ?? [];
    expect(nodePorts[0]).toBe(nodePorts[1]);
    expect(new Set(nodePorts).size).toBe(2);
    for (const port of nodePorts) expect(port >= 30_086 && port <= 32_767).toBe(true);
  });

  test('does not tell its families in 1.20', () => {
    expect(create(given([], settingsOf('1.20')), 'web')).not.toHaveProperty('ipFamilies');
  });
});

test.each<[ServiceSpec, string]>([
  [
    { clusterIP: '10.96.0.9' },
    'Service "web" is invalid: spec.clusterIPs: Invalid value: ["10.96.0.9"]: failed to allocate IP 10.96.0.9: provided IP is already allocated',
  ],
  [
    { clusterIP: '192.168.0.1' },
    'Service "web" is invalid: spec.clusterIPs: Invalid value: ["192.168.0.1"]: failed to allocate IP 192.168.0.1: the provided IP (192.168.0.1) is not in the valid range. The range of valid IPs is 10.96.0.0/12',
  ],
  [
    { type: 'NodePort', ports: [{ port: 80, nodePort: 30_001 }] },
    'Service "web" is invalid: spec.ports[0].nodePort: Invalid value: 30001: provided port is already allocated',
  ],
  [
    { type: 'NodePort', ports: [{ port: 80, nodePort: 80 }] },
    'Service "web" is invalid: spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767',
  ],
])('a Service that asks for %o is refused', (spec, message) => {
  const server = given();
  create(server, 'first', {
    type: 'NodePort',
    clusterIP: '10.96.0.9',
    ports: [{ port: 80, nodePort: 30_001 }],
  });
  const object = service('web', spec);
  expect(server.refuse({ verb: 'create', resource: 'services', namespace: 'default', object })).toMatchObject(
    { code: 422, message },
  );
});

describe('a Service that changes', () => {
  test('keeps address and ports that it does not name', () => {
    const server = given();
    const before = create(server, 'web', { type: 'NodePort' });
    const after = update(server, 'web', { type: 'NodePort', sessionAffinity: 'ClientIP' });
    expect(after.clusterIP).toBe(before.clusterIP);
    expect(after.ports?.[0]?.nodePort).toBe(before.ports?.[0]?.nodePort);
  });

  test('gives up the ports of the nodes with its type, and gets some with it', () => {
    const server = given();
    create(server, 'web');
    expect(update(server, 'web', { type: 'NodePort' }).ports?.[0]?.nodePort).toBeGreaterThanOrEqual(30_086);
    const stored = server.stored<Service & KubeObject>('services', 'default', 'web');
    const plain = update(server, 'web', { ...stored?.spec, type: 'ClusterIP' });
    expect(plain.ports?.[0]).not.toHaveProperty('nodePort');
    expect(plain).not.toHaveProperty('externalTrafficPolicy');
  });

  test('into another name gives up its address', () => {
    const server = given();
    create(server, 'web');
    const stored = server.stored<Service & KubeObject>('services', 'default', 'web');
    const spec = update(server, 'web', {
      ...stored?.spec,
      type: 'ExternalName',
      externalName: 'example.com',
    });
    expect(spec).not.toHaveProperty('clusterIP');
    expect(create(server, 'other', { clusterIP: stored?.spec?.clusterIP ?? '' }).clusterIP).toBe(
      stored?.spec?.clusterIP,
    );
  });
});
