import { expect, test } from 'vitest';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import type { Pod, ResourceQuota } from '../../../src/cluster/objects/kubernetes.ts';
import { given, type Server } from './server.ts';

function quota(hard: Record<string, string>, more: object = {}): object {
  const used = Object.fromEntries(Object.keys(hard).map((name) => [name, '0']));
  return {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'q', namespace: 'default' },
    spec: { hard, ...more },
    status: { hard, used },
  };
}

function pod(name: string, resources: object = {}, more: object = {}): KubeObject {
  const containers = [{ name: 'a', image: 'b', resources }];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: { containers, ...more },
  } as unknown as KubeObject;
}

function make(server: Server, object: KubeObject) {
  return server.send({ verb: 'create', resource: 'pods', namespace: 'default', object }).response;
}

function usedOf(server: Server): unknown {
  return server.stored<ResourceQuota>('resourcequotas', 'default', 'q')?.status?.used;
}

test('what is created is counted at once, up to what is allowed', () => {
  const server = given([quota({ pods: '2', 'requests.cpu': '1' })]);
  make(server, pod('one', { requests: { cpu: '400m' } }));
  expect(usedOf(server)).toEqual({ pods: '1', 'requests.cpu': '400m' });
  const refused = make(server, pod('two', { requests: { cpu: '700m' } }));
  expect(refused).toMatchObject({
    status: {
      code: 403,
      message:
        'pods "two" is forbidden: exceeded quota: q, requested: requests.cpu=700m, used: requests.cpu=400m, limited: requests.cpu=1',
    },
  });
  expect(usedOf(server)).toEqual({ pods: '1', 'requests.cpu': '400m' });
});

test('who is limited has to say how much he takes', () => {
  const server = given([quota({ 'limits.memory': '1Gi', 'requests.cpu': '1' })]);
  expect(make(server, pod('silent', { requests: { memory: '1Mi' } }))).toMatchObject({
    status: {
      message:
        'pods "silent" is forbidden: failed quota: q: must specify limits.memory for: a; requests.cpu for: a',
    },
  });
});

test('a quota that has not been counted yet lets nothing pass', () => {
  const unknown = { ...quota({ pods: '2' }), status: { hard: { pods: '2' } } };
  expect(make(given([unknown]), pod('early'))).toMatchObject({
    status: { message: 'pods "early" is forbidden: status unknown for quota: q, resources: pods' },
  });
});

test('one that has no status is not looked at', () => {
  const fresh = { ...quota({ pods: '0' }), status: {} };
  expect(make(given([fresh]), pod('early')).ok).toBe(true);
});

test.each`
  scope              | spec                             | isCounted
  ${'BestEffort'}    | ${{}}                            | ${true}
  ${'NotBestEffort'} | ${{}}                            | ${false}
  ${'Terminating'}   | ${{ activeDeadlineSeconds: 60 }} | ${true}
  ${'Terminating'}   | ${{}}                            | ${false}
`('a quota of $scope counts $spec: $isCounted', ({ scope, spec, isCounted }) => {
  const server = given([quota({ pods: '5' }, { scopes: [scope] })]);
  make(server, pod('one', {}, spec));
  expect(usedOf(server)).toEqual({ pods: isCounted ? '1' : '0' });
});

const SERVICE = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web' },
  spec: { ports: [{ port: 80 }, { port: 81, name: 'b' }], type: 'NodePort' },
};

test('ports of nodes are counted one by one, claims by their class', () => {
  const server = given([
    quota({
      'services.nodeports': '2',
      'count/services': '5',
      'gold.storageclass.storage.k8s.io/requests.storage': '10Gi',
    }),
  ]);
  server.grant({
    verb: 'create',
    resource: 'services',
    namespace: 'default',
    object: {
      ...SERVICE,
      spec: {
        ...SERVICE.spec,
        ports: [
          { port: 80, name: 'a' },
          { port: 81, name: 'b' },
        ],
      },
    } as KubeObject,
  });
  const claim = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data' },
    spec: {
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'gold',
      resources: { requests: { storage: '4Gi' } },
    },
  };
  server.grant({
    verb: 'create',
    resource: 'persistentvolumeclaims',
    namespace: 'default',
    object: claim as KubeObject,
  });
  expect(usedOf(server)).toEqual({
    'count/services': '1',
    'gold.storageclass.storage.k8s.io/requests.storage': '4Gi',
    'services.nodeports': '2',
  });
});

function range(item: object): object {
  return {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: 'r', namespace: 'default' },
    spec: { limits: [{ type: 'Container', ...item }] },
  };
}

test.each`
  item                                      | resources                                           | message
  ${{ max: { cpu: '1' } }}                  | ${{ limits: { cpu: '2' } }}                         | ${'maximum cpu usage per Container is 1, but limit is 2'}
  ${{ max: { cpu: '1' } }}                  | ${{}}                                               | ${'maximum cpu usage per Container is 1.  No limit is specified'}
  ${{ min: { memory: '64Mi' } }}            | ${{ requests: { memory: '32Mi' } }}                 | ${'minimum memory usage per Container is 64Mi, but request is 32Mi'}
  ${{ min: { memory: '64Mi' } }}            | ${{}}                                               | ${'minimum memory usage per Container is 64Mi.  No request is specified'}
  ${{ maxLimitRequestRatio: { cpu: '2' } }} | ${{ requests: { cpu: '1' }, limits: { cpu: '3' } }} | ${'cpu max limit to request ratio per Container is 2, but provided ratio is 3.000000'}
`('a range refuses: $message', ({ item, resources, message }) => {
  expect(make(given([range(item)]), pod('web', resources))).toMatchObject({
    status: { message: `pods "web" is forbidden: ${message}` },
  });
});

test('a range fills in what is not said, and says so', () => {
  const server = given([range({ default: { cpu: '1', memory: '1Gi' }, defaultRequest: { cpu: '500m' } })]);
  make(server, pod('web', { limits: { cpu: '2' } }));
  const made = server.stored<Pod>('pods', 'default', 'web');
  expect(made?.spec.containers[0]?.resources).toEqual({
    limits: { cpu: '2', memory: '1Gi' },
    requests: { cpu: '2' },
  });
  expect(made?.metadata.annotations).toEqual({
    'kubernetes.io/limit-ranger': 'LimitRanger plugin set: memory limit for container a',
  });
});
