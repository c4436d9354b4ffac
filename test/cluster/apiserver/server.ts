import { decide } from '../../../src/cluster/apiserver/decide.ts';
import type { Event } from '../../../src/cluster/contract/event.ts';
import { DEFAULT_LATENCIES } from '../../../src/cluster/contract/latencies.ts';
import type { Request } from '../../../src/cluster/contract/request.ts';
import type { Granted, RefusalStatus, Response } from '../../../src/cluster/contract/response.ts';
import type { ClusterSettings } from '../../../src/cluster/contract/settings.ts';
import { isObject } from '../../../src/cluster/objects/json.ts';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import { resourceForKind } from '../../../src/cluster/objects/schema/resources.ts';
import { storageKey } from '../../../src/cluster/objects/storage-key.ts';
import { parseKubeVersion } from '../../../src/cluster/objects/versions.ts';
import { evolve } from '../../../src/cluster/world/evolve.ts';
import { emptyWorld, type World } from '../../../src/cluster/world/world.ts';
import { fold } from '../../../src/kernel/run/run.ts';

/** 2026-11-21T05:00:00Z. */
const EPOCH_MS = 1_795_237_200_000;

export function settingsOf(version = '1.36', seed = 'a'): ClusterSettings {
  return {
    epochMs: EPOCH_MS,
    seed,
    version: parseKubeVersion(version) ?? { minor: 36, patch: 0 },
    namespace: 'default',
    nodes: [],
    latencies: DEFAULT_LATENCIES,
    images: {},
    presentImages: [],
  };
}

/** What one request came to. */
export interface Answer {
  readonly response: Response;
  readonly events: readonly Event[];
}

/** An API server over a world that grows with every request, as it does in a cluster. */
export interface Server {
  readonly world: World;
  /** Virtual milliseconds of the requests to come. */
  at: number;
  send(request: Request): Answer;
  /** The answer of a request that must be granted. */
  grant(request: Request): Granted;
  /** The refusal of a request that must be refused. */
  refuse(request: Request): RefusalStatus;
  stored<Kind extends KubeObject = KubeObject>(
    resource: string,
    namespace: string | undefined,
    name: string,
  ): Kind | undefined;
}

/** The namespace `default` with its account, and whatever else a test needs. */
export function given(objects: readonly object[] = [], settings: ClusterSettings = settingsOf()): Server {
  let world = emptyWorld();
  const append = (events: readonly Event[], at: number): void => {
    for (const event of events) {
      deepFreeze(event);
      world = evolve(world, { seq: world.seq + 1, at, actor: 'test', key: '', cause: null, event });
    }
  };
  append([{ type: 'ClusterConfigured', settings }], 0);
  for (const object of [...basics('default'), ...(objects as KubeObject[])])
    append([stored(object, world)], 0);
  const server: Server = {
    get world() {
      return world;
    },
    at: 0,
    send(request) {
      deepFreeze(request);
      const { response, events } = decide(world, request, { actor: 'test', at: server.at });
      append(events, server.at);
      return { response, events };
    },
    grant(request) {
      const { response } = server.send(request);
      if (!response.ok) throw new Error(`refused: ${JSON.stringify(response.status)}`);
      return response;
    },
    refuse(request) {
      const { response } = server.send(request);
      if (response.ok) throw new Error(`granted: ${JSON.stringify(response)}`);
      return response.status;
    },
    stored: <Kind extends KubeObject>(resource: string, namespace: string | undefined, name: string) => {
      const key = storageKey({ resource, name, ...(namespace !== undefined && { namespace }) });
      return world.store.tables.objects.read(key, world.seq) as Kind | undefined;
    },
  };
  return server;
}

/** What every namespace needs for pods to be made in it. */
export function basics(namespace: string): KubeObject[] {
  return [
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace, labels: { 'kubernetes.io/metadata.name': namespace } },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    } as KubeObject,
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace } },
  ];
}

/** The world after the events, folded anew from nothing: what a log says, and nothing else. */
export function refold(settings: ClusterSettings, events: readonly Event[]): World {
  const all: readonly Event[] = [{ type: 'ClusterConfigured', settings }, ...events];
  const entries = all.map((event, index) => ({
    seq: index + 1,
    at: 0,
    actor: 'test',
    key: '',
    cause: null,
    event,
  }));
  return fold({ evolve }, emptyWorld(), entries);
}

function stored(object: KubeObject, world: World): Event {
  const resource = resourceForKind(object.apiVersion, object.kind);
  if (!resource) throw new Error(`there is no ${object.kind}`);
  const { name = '', namespace } = object.metadata;
  const key = storageKey({ resource: resource.name, name, ...(namespace !== undefined && { namespace }) });
  const revision = (world.store.tables.counters.read('revision', world.seq)?.value ?? 1) + 1;
  const metadata = {
    uid: `uid-of-${resource.plural}-${name}`,
    creationTimestamp: '2026-11-20T05:00:00Z',
    ...object.metadata,
    resourceVersion: String(revision),
  };
  return { type: 'ObjectCreated', resource: resource.name, key, object: { ...object, metadata } };
}

function deepFreeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const part of Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [])
    deepFreeze(part);
}
