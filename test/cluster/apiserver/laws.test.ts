import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Event } from '../../../src/cluster/contract/event.ts';
import type { Request } from '../../../src/cluster/contract/request.ts';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import type { World } from '../../../src/cluster/world/world.ts';
import { configMap, deployment, pod } from './objects.ts';
import { basics, given, refold, type Server, settingsOf } from './server.ts';

const NAMESPACES = ['default', 'shop'];
const RESOURCES = {
  configmaps: (name: string, number: number) => configMap(name, number === 0 ? {} : { n: String(number) }),
  'deployments.apps': (name: string, number: number) => deployment(name, number),
  pods: (name: string, number: number) => pod(name, number === 0 ? {} : { nodeName: `node-${number}` }),
} as const;

const resource = fc.constantFrom(...(Object.keys(RESOURCES) as (keyof typeof RESOURCES)[]));
const namespace = fc.constantFrom(...NAMESPACES, 'nowhere');
const name = fc.constantFrom('a', 'b', 'c');
const number = fc.nat({ max: 2 });
const dryRun = fc.constantFrom(undefined, undefined, true);
const resourceVersion = fc.constantFrom(undefined, undefined, '5', '1');

const create = fc.record({ resource, namespace, name, number, dryRun }).map((draw): Request => {
  const object = RESOURCES[draw.resource](draw.name, draw.number);
  return {
    verb: 'create',
    resource: draw.resource,
    namespace: draw.namespace,
    object,
    ...tried(draw.dryRun),
  };
});

const generate = fc.record({ namespace, number }).map((draw): Request => {
  const object = { ...pod(''), metadata: { generateName: `web-${draw.number}-` } };
  return { verb: 'create', resource: 'pods', namespace: draw.namespace, object };
});

const update = fc
  .record({ resource, namespace, name, number, resourceVersion, dryRun })
  .map((draw): Request => {
    const bare = RESOURCES[draw.resource](draw.name, draw.number);
    const version = draw.resourceVersion && { resourceVersion: draw.resourceVersion };
    const object = { ...bare, metadata: { ...bare.metadata, ...version } };
    return { verb: 'update', ...draw, object, ...tried(draw.dryRun) } as Request;
  });

const patch = fc.record({ resource, namespace, name, number, dryRun }).map((draw): Request => {
  const finalizers = draw.number === 2 ? ['a.example/b'] : null;
  const change = { metadata: { labels: { n: String(draw.number) }, finalizers } };
  return { verb: 'patch', ...draw, patchType: 'merge', patch: change, ...tried(draw.dryRun) } as Request;
});

const status = fc.record({ namespace, name, number }).map((draw): Request => {
  const phase = ['Running', 'Succeeded', 'Failed'][draw.number];
  return {
    verb: 'patch',
    resource: 'pods',
    subresource: 'status',
    ...draw,
    patchType: 'strategic',
    patch: { status: { phase } },
  };
});

const remove = fc.record({ resource, namespace, name, number, dryRun }).map((draw): Request => {
  const grace = draw.number === 2 ? {} : { gracePeriodSeconds: draw.number };
  return { verb: 'delete', ...draw, ...grace, ...tried(draw.dryRun) } as Request;
});

const collection = fc
  .record({ resource, namespace })
  .map((draw): Request => ({ verb: 'deletecollection', ...draw, labelSelector: 'n=1' }));

const read = fc.record({ resource, namespace, name }).map((draw): Request => ({ verb: 'get', ...draw }));

const requests = fc.array(fc.oneof(create, generate, update, patch, status, remove, collection, read), {
  minLength: 1,
  maxLength: 30,
});

function tried(dryRunning: boolean | undefined): { dryRun?: boolean } {
  return dryRunning === undefined ? {} : { dryRun: dryRunning };
}

function newServer(version = '1.36'): Server {
  const [home, account] = basics('shop');
  return given(
    [home, account].filter((object) => object !== undefined),
    settingsOf(version),
  );
}

function objectsIn({ store, seq }: World): Map<string, KubeObject> {
  return new Map([...store.tables.objects.rows(seq)].sort(([a], [b]) => (a < b ? -1 : 1)));
}

test('a request that is refused, only tried or only reads changes nothing', () => {
  fc.assert(
    fc.property(requests, (all) => {
      const server = newServer();
      for (const [index, request] of all.entries()) {
        server.at = index * 1000;
        const before = objectsIn(server.world);
        const { response, events } = server.send(request);
        const isRead = request.verb === 'get' || request.verb === 'list';
        if (!response.ok) expect(events.map(({ type }) => type)).toEqual(isRead ? [] : ['RequestRefused']);
        if (isRead || request.dryRun)
          expect(events.filter(({ type }) => type !== 'RequestRefused')).toEqual([]);
        if (!response.ok || isRead || request.dryRun) expect(objectsIn(server.world)).toEqual(before);
      }
    }),
  );
});

test('every write counts the revision up by one, and the answer is what the fold says', () => {
  fc.assert(
    fc.property(requests, (all) => {
      const server = newServer();
      let revision = Number(server.world.store.tables.counters.read('revision', server.world.seq)?.value);
      for (const [index, request] of all.entries()) {
        server.at = index * 1000;
        const { response, events } = server.send(request);
        for (const event of events) {
          const written = revisionOf(event);
          if (written !== undefined) expect(written).toBe(++revision);
        }
        if (!response.ok) continue;
        expect(response.revision).toBe(revision);
        const { namespace: space, name: called = '' } = response.object?.metadata ?? {};
        const kept = response.object && server.stored(request.resource, space, called);
        if (kept && !request.dryRun) expect(response.object).toEqual(kept);
      }
    }),
  );
});

test('the events alone make the same world again', () => {
  fc.assert(
    fc.property(requests, (all) => {
      const server = newServer();
      const first = [...objectsIn(server.world)].map(
        ([key, object]): Event => ({ type: 'ObjectCreated', resource: '', key, object }),
      );
      const events = all.flatMap((request, index) => {
        server.at = index * 1000;
        return server.send(request).events;
      });
      const again = refold(settingsOf(), JSON.parse(JSON.stringify([...first, ...events])) as Event[]);
      expect(objectsIn(again)).toEqual(objectsIn(server.world));
    }),
  );
});

test('the same requests have the same consequences', () => {
  fc.assert(
    fc.property(requests, (all) => {
      const [one, two] = [newServer(), newServer()];
      for (const request of all) expect(two.send(request)).toEqual(one.send(request));
    }),
  );
});

test('what happens in another namespace changes nothing in this one', () => {
  const here = (event: Event): boolean => 'key' in event && event.key.includes('/default/');
  fc.assert(
    fc.property(requests, (all) => {
      const [crowded, alone] = [newServer(), newServer()];
      const home = all.filter((request) => request.namespace === 'default');
      const told = (server: Server, some: readonly Request[]): unknown[] =>
        some.flatMap((request) =>
          server.send(withoutVersion(request)).events.filter(here).map(withoutRevisions),
        );
      expect(told(crowded, all)).toEqual(told(alone, home));
    }),
  );
});

function revisionOf(event: Event): number | undefined {
  if (event.type === 'ObjectCreated') return Number(event.object.metadata.resourceVersion);
  if (event.type === 'ObjectUpdated') return Number(event.set?.['/metadata/resourceVersion']);
  return event.type === 'ObjectDeleted' ? event.revision : undefined;
}

/** Revisions are the one thing that all objects share. */
function withoutRevisions(event: Event): unknown {
  return JSON.parse(
    JSON.stringify(event, (field, value) => (/revision$|resourceVersion$/i.test(field) ? undefined : value)),
  );
}

function withoutVersion(request: Request): Request {
  if (request.verb !== 'update') return request;
  const { resourceVersion: _, ...metadata } = request.object.metadata;
  return { ...request, object: { ...request.object, metadata } };
}
