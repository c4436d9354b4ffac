import { describe, expect, test } from 'vitest';
import { type Group, packSlices } from '../../../../src/cluster/controllers/endpoint-slice/pack-slices.ts';
import { portsText } from '../../../../src/cluster/controllers/shared/slices.ts';
import type { Endpoint, EndpointSlice } from '../../../../src/cluster/objects/kubernetes.ts';
import { deletion, settingsOf } from '../../node/play.ts';
import { backend, historyOf, playServices, serviceOf } from '../services.ts';

const SLICES = 'endpointslices.discovery.k8s.io';

/** `b:+s-` for an endpoint of b: ready, serving, not terminating. */
function told({ endpoints }: EndpointSlice): string {
  const signs = ({ ready, serving, terminating }: Endpoint['conditions'] & object) =>
    [ready, serving, terminating].map((sign) => (sign === undefined ? '' : Number(sign))).join('');
  return (endpoints ?? []).map((one) => `${one.targetRef?.name}:${signs(one.conditions ?? {})}`).join(' ');
}

function endpointNamed(name: string): Endpoint {
  return { addresses: [name], targetRef: { kind: 'Pod', name, uid: `uid-${name}` } };
}

function range(from: number, to: number): readonly Endpoint[] {
  return Array.from({ length: to - from }, (_, index) => endpointNamed(`pod-${from + index}`));
}

const ports = [{ name: '', protocol: 'TCP', port: 80 }];

function sliceNamed(name: string, endpoints: readonly Endpoint[] | null): EndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name },
    addressType: 'IPv4',
    endpoints: endpoints && [...endpoints],
    ports: endpoints && ports,
  };
}

function pack(endpoints: readonly Endpoint[], slices: readonly EndpointSlice[]) {
  const groups = new Map<string, Group>();
  if (endpoints.length > 0) groups.set(portsText(ports), { ports, endpoints });
  const { written, deleted } = packSlices(groups, slices, () => false);
  return [
    ...written.map(({ slice, endpoints: { length } }) => `${slice?.metadata.name ?? 'new'} ${length}`),
    ...deleted.map(({ metadata }) => `${metadata.name} gone`),
  ];
}

describe('an EndpointSlice', () => {
  test('is made with its service, and keeps a pod that goes until it has ended', () => {
    const typed = [serviceOf(), backend('b', 500), deletion(6000, 'b')];
    const history = historyOf<EndpointSlice>(playServices(typed), SLICES);
    expect(history.map(told)).toEqual(['', 'b:110', 'b:011', '']);
    expect(history[0]).toMatchObject({
      apiVersion: 'discovery.k8s.io/v1',
      addressType: 'IPv4',
      endpoints: null,
      ports: null,
      metadata: {
        generateName: 'web-',
        labels: {
          'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
          'kubernetes.io/service-name': 'web',
        },
        ownerReferences: [{ apiVersion: 'v1', kind: 'Service', name: 'web', controller: true }],
      },
    });
    expect(history[1]?.ports).toEqual(ports);
    expect(history[1]?.endpoints?.[0]?.nodeName).toBe('node-1');
    expect(new Set(history.map(({ metadata }) => metadata.name)).size).toBe(1);
  });

  test('of 1.20 drops a pod that goes at once, and tells no more than whether it is ready', () => {
    const play = playServices([serviceOf(), backend('b', 500), deletion(6000, 'b')], { minor: 20 });
    const history = historyOf<EndpointSlice>(play, SLICES);
    expect(history.map(told)).toEqual(['', 'b:1', '']);
    expect(history[0]?.apiVersion).toBe('discovery.k8s.io/v1beta1');
  });

  test('tells the zone of a pod whose node has one', () => {
    const { nodes } = settingsOf({});
    const labels = { 'topology.kubernetes.io/zone': 'zone-a' };
    const settings = { nodes: nodes.map((node) => ({ ...node, labels })) };
    const last = historyOf<EndpointSlice>(
      playServices([serviceOf(), backend('b', 500)], { settings }),
      SLICES,
    );
    expect(last.at(-1)?.endpoints?.[0]).toMatchObject({ nodeName: 'node-1', zone: 'zone-a' });
  });

  test('calls all ready where the service publishes addresses that are not', () => {
    const unready = { readinessProbe: { exec: { command: ['false'] }, periodSeconds: 1 } };
    const typed = [serviceOf({ publishNotReadyAddresses: true }), backend('b', 500, {}, unready)];
    const history = historyOf<EndpointSlice>(playServices([...typed, deletion(6000, 'b')]), SLICES);
    expect(history.map(told)).toEqual(['', 'b:100', 'b:101', '']);
  });

  test.each([
    ['nothing to do', range(0, 2), [sliceNamed('a', range(0, 2))], []],
    ['nothing but a placeholder', [], [sliceNamed('a', null)], []],
    ['a first slice', [], [], ['new 0']],
    ['a placeholder that is filled', range(0, 2), [sliceNamed('a', null)], ['a 2']],
    ['the last that go', [], [sliceNamed('a', range(0, 2))], ['a 0']],
    ['more than one slice holds', range(0, 250), [], ['new 100', 'new 100', 'new 50']],
    [
      'room in a slice that stays',
      range(0, 130),
      [sliceNamed('a', range(0, 100)), sliceNamed('b', range(100, 120))],
      ['b 30'],
    ],
    [
      'no endpoints left in one of two',
      range(0, 100),
      [sliceNamed('a', range(0, 100)), sliceNamed('b', range(100, 120))],
      ['b gone'],
    ],
  ])('packed: %s', (_what, endpoints, slices, expected) => {
    expect(pack(endpoints, slices)).toEqual(expected);
  });
});
