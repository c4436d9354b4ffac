import { describe, expect, test } from 'vitest';
import type { Event } from '../../../src/cluster/contract/event.ts';
import type { DeleteOptions } from '../../../src/cluster/contract/request.ts';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import type { Namespace, Pod } from '../../../src/cluster/objects/kubernetes.ts';
import { configMap, deployment, pod, runningPod } from './objects.ts';
import { given, type Server, settingsOf } from './server.ts';

const remove = (resource: string, options: DeleteOptions = {}) =>
  ({ verb: 'delete', resource, namespace: 'default', name: 'web', ...options }) as const;

/** Kinds of events, and of updates the fields of metadata that they set. */
function told(events: readonly Event[]): unknown[] {
  return events.map((event) => {
    if (event.type !== 'ObjectUpdated') return event.type;
    const set = Object.entries(event.set ?? {}).filter(([path]) => path !== '/metadata/resourceVersion');
    return Object.fromEntries(set.map(([path, value]) => [path.replace('/metadata/', ''), value]));
  });
}

function stored(object: KubeObject): KubeObject {
  return { ...object, metadata: { ...object.metadata, namespace: 'default' } };
}

describe('a pod that runs', () => {
  const NOW = {
    '0': '2026-11-21T05:01:40Z',
    '1': '2026-11-21T05:01:41Z',
    '5': '2026-11-21T05:01:45Z',
    '30': '2026-11-21T05:02:10Z',
  };

  test.each([
    ['its own grace', {}, 30, NOW['30']],
    ['the grace that is asked for', { gracePeriodSeconds: 5 }, 5, NOW['5']],
    ['a second when it is asked for less than none', { gracePeriodSeconds: -1 }, 1, NOW['1']],
  ])('is given %s', (_what, options, deletionGracePeriodSeconds, deletionTimestamp) => {
    const server = given([runningPod('web')]);
    server.at = 100_000;
    expect(told(server.send(remove('pods', options)).events)).toEqual([
      { deletionGracePeriodSeconds, deletionTimestamp, generation: 2 },
    ]);
    expect(server.stored('pods', 'default', 'web')).toBeDefined();
  });

  test('is gone at once when no grace is asked for, but is told of it first', () => {
    const server = given([runningPod('web')]);
    server.at = 100_000;
    const { events, response } = server.send(remove('pods', { gracePeriodSeconds: 0 }));
    expect(told(events)).toEqual([
      { deletionGracePeriodSeconds: 0, deletionTimestamp: NOW['0'], generation: 2 },
      'ObjectDeleted',
    ]);
    expect(events.at(-1)).toMatchObject({ revision: response.ok ? response.revision : 0 });
    expect(server.stored('pods', 'default', 'web')).toBeUndefined();
  });

  test.each([
    ['without a node', { ...pod('web') }],
    ['that has succeeded', { ...runningPod('web'), status: { phase: 'Succeeded' } }],
    ['that has failed', { ...runningPod('web'), status: { phase: 'Failed' } }],
  ])('or rather one %s, is gone at once', (_what, object) => {
    const server = given([stored(object)]);
    expect(told(server.send(remove('pods')).events).at(-1)).toBe('ObjectDeleted');
  });
});

describe('a pod that is being deleted', () => {
  /** Ten seconds of grace from 05:00:00 on; asked again after `afterMs`. */
  const askAgain = (afterMs: number, gracePeriodSeconds: number | undefined, version = '1.36'): unknown[] => {
    const server = given([runningPod('web', { terminationGracePeriodSeconds: 10 })], settingsOf(version));
    server.grant(remove('pods'));
    server.at = afterMs;
    return told(
      server.send(remove('pods', gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds })).events,
    );
  };

  test.each([
    ['more time', 2000, 60],
    ['as much time', 2000, 10],
    ['nothing in particular', 2000, undefined],
  ])('is not given %s', (_what, afterMs, seconds) => {
    expect(askAgain(afterMs, seconds)).toEqual([]);
  });

  test('can be given less, counted from when it began', () => {
    expect(askAgain(2000, 5)).toEqual([
      { deletionGracePeriodSeconds: 5, deletionTimestamp: '2026-11-21T05:00:05Z' },
    ]);
  });

  test('is given a last second when less has already passed', () => {
    expect(askAgain(8000, 5)).toEqual([
      { deletionGracePeriodSeconds: 1, deletionTimestamp: '2026-11-21T05:00:08Z' },
    ]);
  });

  test('ends now, as recorded of 1.36', () => {
    expect(askAgain(8000, 0)).toEqual([
      { deletionGracePeriodSeconds: 0, deletionTimestamp: '2026-11-21T05:00:08Z' },
      'ObjectDeleted',
    ]);
  });

  test.each(['1.20', '1.32'])('ended in the past, as recorded of 1.20, in %s', (version) => {
    expect(askAgain(8000, 0, version)).toEqual([
      { deletionGracePeriodSeconds: 0, deletionTimestamp: '2026-11-21T05:00:00Z' },
      'ObjectDeleted',
    ]);
  });

  test('gets no new finalizers and does not lose its mark', () => {
    const server = given([runningPod('web')]);
    server.grant(remove('pods'));
    const before = server.stored<Pod>('pods', 'default', 'web') as Pod & KubeObject;
    const { deletionTimestamp: _, ...unmarked } = before.metadata;
    const object = { ...before, metadata: { ...unmarked, labels: { a: 'b' } } };
    server.grant({ verb: 'update', resource: 'pods', namespace: 'default', name: 'web', object });
    expect(server.stored('pods', 'default', 'web')?.metadata).toMatchObject({
      deletionTimestamp: before.metadata.deletionTimestamp,
      labels: { a: 'b' },
    });
  });
});

describe('an object with finalizers', () => {
  const held = {
    ...stored(deployment('web')),
    metadata: { name: 'web', namespace: 'default', generation: 3, finalizers: ['a.example/b'] },
  };
  const release = (server: Server, finalizers: string[]) => {
    const object = server.stored('deployments.apps', 'default', 'web') as KubeObject;
    return server.send({
      verb: 'update',
      resource: 'deployments.apps',
      namespace: 'default',
      name: 'web',
      object: { ...object, metadata: { ...object.metadata, finalizers } },
    });
  };

  test('stays, marked, until an update empties them', () => {
    const server = given([held]);
    expect(told(server.send(remove('deployments.apps')).events)).toEqual([
      { deletionTimestamp: '2026-11-21T05:00:00Z', deletionGracePeriodSeconds: 0, generation: 4 },
    ]);
    expect(told(server.send(remove('deployments.apps')).events)).toEqual([]);
    const { events, response } = release(server, []);
    expect(told(events)).toEqual(['ObjectDeleted']);
    expect(response).toMatchObject({ ok: true });
    expect(server.stored('deployments.apps', 'default', 'web')).toBeUndefined();
  });

  test('stays when an update empties them before anybody deletes it', () => {
    const server = given([held]);
    release(server, []);
    expect(server.stored('deployments.apps', 'default', 'web')).toBeDefined();
  });
});

test.each<[string, DeleteOptions, string[], readonly string[] | undefined]>([
  ['deployments.apps', {}, [], undefined],
  ['deployments.apps', { propagationPolicy: 'Background' }, [], undefined],
  ['deployments.apps', { propagationPolicy: 'Foreground' }, [], ['foregroundDeletion']],
  ['deployments.apps', { propagationPolicy: 'Orphan' }, [], ['orphan']],
  ['deployments.apps', {}, ['orphan'], ['orphan']],
  ['deployments.apps', { propagationPolicy: 'Background' }, ['orphan'], undefined],
  [
    'deployments.apps',
    { propagationPolicy: 'Orphan' },
    ['foregroundDeletion', 'a.example/b'],
    ['a.example/b', 'orphan'],
  ],
  ['jobs.batch', {}, [], ['orphan']],
  ['jobs.batch', { propagationPolicy: 'Background' }, [], undefined],
  ['events', { propagationPolicy: 'Foreground' }, [], undefined],
])('deleting from %s with %o and finalizers %o leaves %o', (resource, options, finalizers, left) => {
  const kinds: Readonly<Record<string, readonly [string, string]>> = {
    'deployments.apps': ['apps/v1', 'Deployment'],
    'jobs.batch': ['batch/v1', 'Job'],
    events: ['v1', 'Event'],
  };
  const [apiVersion = '', kind = ''] = kinds[resource] ?? [];
  const metadata = { name: 'web', namespace: 'default', ...(finalizers.length > 0 && { finalizers }) };
  const server = given([{ apiVersion, kind, metadata, involvedObject: {} }]);
  server.grant(remove(resource, options));
  expect(server.stored(resource, 'default', 'web')?.metadata.finalizers).toEqual(left);
});

test.each([
  [
    'another uid',
    { uid: 'b' },
    'Operation cannot be fulfilled on Pod "web": the UID in the precondition (b) does not match the UID in record (uid-of-pods-web). The object might have been deleted and then recreated',
  ],
  [
    'another version',
    { resourceVersion: '77' },
    'Operation cannot be fulfilled on Pod "web": the ResourceVersion in the precondition (77) does not match the ResourceVersion in record (4). The object might have been modified',
  ],
])('a deletion of %s is refused', (_what, preconditions, message) => {
  const server = given([runningPod('web')]);
  expect(server.refuse(remove('pods', { preconditions }))).toMatchObject({
    code: 409,
    reason: 'Conflict',
    message,
  });
});

test('what is not there cannot be deleted', () => {
  expect(given().refuse(remove('pods'))).toMatchObject({ code: 404, message: 'pods "web" not found' });
});

describe('a namespace', () => {
  const shop = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
  const withShop = (): Server => {
    const server = given();
    server.grant({ verb: 'create', resource: 'namespaces', object: shop });
    server.grant({ verb: 'delete', resource: 'namespaces', name: 'shop' });
    return server;
  };

  test('says that it is terminating and takes nothing new', () => {
    const server = withShop();
    expect(server.stored<Namespace>('namespaces', undefined, 'shop')?.status?.phase).toBe('Terminating');
    expect(
      server.refuse({ verb: 'create', resource: 'configmaps', namespace: 'shop', object: configMap('x') }),
    ).toMatchObject({
      code: 403,
      message:
        'configmaps "x" is forbidden: unable to create new content in namespace shop because it is being terminated',
      details: {
        causes: [
          {
            reason: 'NamespaceTerminating',
            message: 'namespace shop is being terminated',
            field: 'metadata.namespace',
          },
        ],
      },
    });
  });

  test('goes when its finalizers are finalized', () => {
    const server = withShop();
    const object = {
      ...server.stored('namespaces', undefined, 'shop'),
      spec: { finalizers: [] },
    } as unknown as KubeObject;
    server.grant({ verb: 'update', resource: 'namespaces', subresource: 'finalize', name: 'shop', object });
    expect(server.stored('namespaces', undefined, 'shop')).toBeUndefined();
  });

  test.each(['default', 'kube-system', 'kube-public'])('%s is for ever', (name) => {
    const server = given([
      { ...shop, metadata: { name: 'kube-system' } },
      { ...shop, metadata: { name: 'kube-public' } },
    ]);
    expect(server.refuse({ verb: 'delete', resource: 'namespaces', name })).toMatchObject({
      code: 403,
      message: `namespaces "${name}" is forbidden: this namespace may not be deleted`,
    });
  });
});

test('a collection goes one after another, as far as it is selected', () => {
  const labelled = (name: string, app: string) => ({
    ...stored(configMap(name)),
    metadata: { name, namespace: 'default', labels: { app } },
  });
  const server = given([labelled('a', 'x'), labelled('b', 'y'), labelled('c', 'x')]);
  const request = {
    verb: 'deletecollection',
    resource: 'configmaps',
    namespace: 'default',
    labelSelector: 'app=x',
  } as const;
  const { events, response } = server.send(request);
  expect(events.map((event) => 'key' in event && event.key)).toEqual([
    '/registry/configmaps/default/a',
    '/registry/configmaps/default/c',
  ]);
  expect(response).toMatchObject({
    ok: true,
    items: [{ metadata: { name: 'a' } }, { metadata: { name: 'c' } }],
  });
});

test('a deletion that is only tried leaves the object', () => {
  const server = given([runningPod('web')]);
  expect(server.send({ ...remove('pods', { gracePeriodSeconds: 0 }), dryRun: true }).events).toEqual([]);
  expect(server.stored('pods', 'default', 'web')).toBeDefined();
});
