import { describe, expect, test } from 'vitest';
import type { EndpointAddress, Endpoints } from '../../../../src/cluster/objects/kubernetes.ts';
import { deletion } from '../../node/play.ts';
import { backend, historyOf, playServices, serviceOf } from '../services.ts';
import { objectsOf } from '../workloads.ts';

const TRIGGER_TIME = 'endpoints.kubernetes.io/last-change-trigger-time';

/** `ready / not ready`, and the time of the change if one is told. */
function told({ metadata, subsets = [] }: Endpoints): string {
  const names = (addresses: readonly EndpointAddress[] = []) =>
    addresses.map(({ targetRef }) => targetRef?.name).join(' ');
  const texts = subsets.map(
    ({ addresses, notReadyAddresses }) => `${names(addresses)}/${names(notReadyAddresses)}`,
  );
  return `${texts.join(' ')}${metadata.annotations?.[TRIGGER_TIME] ? ' at a time' : ''}`;
}

const unready = { readinessProbe: { exec: { command: ['false'] }, periodSeconds: 1 } };

describe('Endpoints', () => {
  test('tell of pods with addresses, and drop them when their deletion begins', () => {
    const typed = [serviceOf(), backend('b', 500), backend('a', 5000, {}, unready), deletion(9000, 'b')];
    const play = playServices(typed, { until: 9500 });
    const history = historyOf<Endpoints>(play, 'endpoints');
    expect(history.map(told)).toEqual([' at a time', 'b/ at a time', 'b/a at a time', '/a']);
    const [address] = history[1]?.subsets?.[0]?.addresses ?? [];
    expect(history[1]?.subsets?.[0]?.ports).toEqual([{ port: 80, protocol: 'TCP' }]);
    expect(address).toMatchObject({ nodeName: 'node-1', targetRef: { kind: 'Pod', namespace: 'default' } });
    expect(address?.targetRef?.uid).toBeTruthy();
  });

  test.each([
    [20, undefined, true],
    [36, { 'endpoints.kubernetes.io/managed-by': 'endpoint-controller' }, false],
  ])('of 1.%i are labelled and refer to pods as recorded', (minor, labels, tellsRevision) => {
    const history = historyOf<Endpoints>(
      playServices([serviceOf(), backend('b', 500)], { minor }),
      'endpoints',
    );
    const last = history.at(-1);
    expect(last?.metadata.labels).toEqual(labels);
    expect(last?.subsets?.[0]?.addresses?.[0]?.targetRef?.resourceVersion !== undefined).toBe(tellsRevision);
  });

  test('publish pods that are not ready or that go, where the service says so', () => {
    const typed = [serviceOf({ publishNotReadyAddresses: true }), backend('b', 500, {}, unready)];
    const history = historyOf<Endpoints>(playServices([...typed, deletion(5000, 'b')]), 'endpoints');
    expect(history.map(told)).toEqual([' at a time', 'b/ at a time', '']);
  });

  test('name the pods of a headless service, and resolve named ports pod by pod', () => {
    const spec = { clusterIP: 'None', ports: [{ name: 'web', port: 80, targetPort: 'http' }] };
    const ports = (containerPort: number) => ({ ports: [{ name: 'http', containerPort }] });
    const named = { hostname: 'first', subdomain: 'web' };
    const typed = [
      serviceOf(spec),
      backend('a', 500, named, ports(8080)),
      backend('b', 2000, {}, ports(9090)),
    ];
    const last = historyOf<Endpoints>(playServices(typed), 'endpoints').at(-1);
    expect(last?.metadata.labels).toHaveProperty(['service.kubernetes.io/headless'], '');
    expect(last?.subsets?.map(({ ports: [port] = [] }) => port)).toEqual([
      { name: 'web', port: 8080, protocol: 'TCP' },
      { name: 'web', port: 9090, protocol: 'TCP' },
    ]);
    expect(last?.subsets?.map(({ addresses: [address] = [] }) => address?.hostname)).toEqual([
      'first',
      undefined,
    ]);
  });

  test('go with their service, and are not made for one without a selector', () => {
    const request = { verb: 'delete', resource: 'services', namespace: 'default', name: 'web' } as const;
    const gone = playServices([serviceOf(), { at: 2000, request }]);
    expect(objectsOf<Endpoints>(gone.world, 'endpoints').map(({ metadata }) => metadata.name)).toEqual([
      'kubernetes',
    ]);
    expect(historyOf(gone, 'endpoints')).toHaveLength(1);
    expect(historyOf(playServices([serviceOf({ selector: {} })]), 'endpoints')).toEqual([]);
  });
});
