import { expect, test } from 'vitest';
import { meshSites } from '../../../../../src/cluster/network/web/istio/mesh-sites.ts';
import {
  unheededFields,
  type VirtualService,
} from '../../../../../src/cluster/network/web/istio/virtual-service.ts';
import { planOf } from '../../../../../src/cluster/network/web/plan-of.ts';
import type { KubeObject } from '../../../../../src/cluster/objects/kube-object.ts';
import type { Pod } from '../../../../../src/cluster/objects/kubernetes.ts';
import { service, slice, viewAt } from '../../view-at.ts';

const RULE = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'DestinationRule',
  metadata: { name: 'web', namespace: 'default' },
  spec: {
    host: 'web',
    subsets: [1, 2].map((number) => ({ name: `v${number}`, labels: { version: `v${number}` } })),
  },
};

function podOf(name: string, version: string): Pod {
  const metadata = { name, namespace: 'default', labels: { version } };
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers: [] } };
}

function virtual(spec: object): VirtualService {
  const metadata = { name: 'web', namespace: 'default' };
  return { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata, spec };
}

/** One pod of version 1 and two of version 2. */
function sitesFor(spec: object, namespace = 'default') {
  const ready = slice(['10.88.1.2', '10.88.1.3', '10.88.2.4']);
  const names = ['a', 'b', 'c'];
  const endpoints = (ready.endpoints ?? []).map((each, index) => ({
    ...each,
    targetRef: { kind: 'Pod', name: names[index] ?? '', namespace: 'default' },
  }));
  const objects: (readonly [string, KubeObject])[] = [
    ['services', service()],
    ['endpointslices.discovery.k8s.io', { ...ready, endpoints } as KubeObject],
    ['pods', podOf('a', 'v1')],
    ['pods', podOf('b', 'v2')],
    ['pods', podOf('c', 'v2')],
    ['destinationrules.networking.istio.io', RULE],
    ['virtualservices.networking.istio.io', virtual(spec)],
  ];
  return meshSites(viewAt({ objects }).objects, namespace);
}

const to = (subset?: string, weight?: number) => ({
  destination: { host: 'web', ...(subset && { subset }) },
  ...(weight !== undefined && { weight }),
});

function plan(spec: object, headers: Readonly<Record<string, string>> = {}, path = '/'): string {
  const request = { method: 'GET', host: 'web', path, headers, port: 15_001, isSecure: false, client: '' };
  const found = planOf(sitesFor({ hosts: ['web'], ...spec }), request);
  if (found.kind === 'answer') return String(found.status);
  const { readMs, tries, retryOn } = found.deed;
  const shares = found.choices.map(({ weight, endpoints }) => `${weight} to ${endpoints.length}`).join(', ');
  return `${shares}; ${tries} tries of ${readMs} ms on ${retryOn?.join(' ')}`;
}

const ALL = '3 tries of 3600000 ms on 503';

test.each<readonly [string, object, string]>([
  ['one destination takes all', { http: [{ route: [to()] }] }, `100 to 3; ${ALL}`],
  ['a subset is its pods', { http: [{ route: [to('v2')] }] }, `100 to 2; ${ALL}`],
  ['weights share', { http: [{ route: [to('v1', 80), to('v2', 20)] }] }, `80 to 1, 20 to 2; ${ALL}`],
  ['a subset that nobody defines is nobody', { http: [{ route: [to('v3')] }] }, '503'],
  [
    'retries and timeouts',
    {
      http: [
        {
          route: [to()],
          timeout: '2s',
          retries: { attempts: 1, retryOn: 'gateway-error,connect-failure,409' },
        },
      ],
    },
    '100 to 3; 2 tries of 2000 ms on 409 502 503 504',
  ],
  [
    'each try has its own time',
    {
      http: [
        { route: [to()], timeout: '2s', retries: { attempts: 0, perTryTimeout: '500ms', retryOn: '5xx' } },
      ],
    },
    '100 to 3; 1 tries of 500 ms on 500 501 502 503 504',
  ],
])('%s', (_, spec, outcome) => {
  expect(plan(spec)).toBe(outcome);
});

test('the first route whose match fits takes a request', () => {
  const http = [
    { match: [{ headers: { user: { exact: 'me' } } }, { uri: { prefix: '/new' } }], route: [to('v2')] },
    { route: [to('v1')] },
  ];
  expect([plan({ http }), plan({ http }, { user: 'me' }), plan({ http }, {}, '/new/x')]).toEqual([
    `100 to 1; ${ALL}`,
    `100 to 2; ${ALL}`,
    `100 to 2; ${ALL}`,
  ]);
});

test('hosts are known by the names that a pod of a namespace may use', () => {
  const spec = { hosts: ['web'], http: [{ route: [to()] }] };
  const inFull = ['web.default', 'web.default.svc', 'web.default.svc.cluster.local'];
  expect(Object.keys(sitesFor(spec).hosts)).toEqual(['web', ...inFull]);
  expect(Object.keys(sitesFor(spec, 'other').hosts)).toEqual(inFull);
  expect(Object.keys(sitesFor({ ...spec, gateways: ['edge'] }).hosts)).toEqual([]);
});

test('what is not heeded is found', () => {
  const http = [{ route: [to()], fault: {}, mirror: {}, match: [{ port: 80 }] }];
  expect(unheededFields(virtual({ hosts: ['web'], tcp: [], http }))).toEqual([
    'http.fault',
    'http.match.port',
    'http.mirror',
    'tcp',
  ]);
});
