import type { IncomingMessage, ServerResponse } from 'node:http';
import { decide } from '../../../../../src/cluster/apiserver/decide.ts';
import { columnsOf } from '../../../../../src/cluster/clients/kubectl/print/columns/columns-of.ts';
import { columnsIn } from '../../../../../src/cluster/clients/kubectl/print/table/column.ts';
import type { Event } from '../../../../../src/cluster/contract/event.ts';
import type { Request } from '../../../../../src/cluster/contract/request.ts';
import type { Response } from '../../../../../src/cluster/contract/response.ts';
import type { ClusterSettings } from '../../../../../src/cluster/contract/settings.ts';
import type { Json, JsonObject } from '../../../../../src/cluster/objects/json.ts';
import type { KubeObject } from '../../../../../src/cluster/objects/kube-object.ts';
import type { Resource } from '../../../../../src/cluster/objects/schema/resources.ts';
import { evolve } from '../../../../../src/cluster/world/evolve.ts';
import { objectReader } from '../../../../../src/cluster/world/readers.ts';
import { emptyWorld } from '../../../../../src/cluster/world/world.ts';
import { type LocalServer, listen } from '../../../../support/listen.ts';
import { discover } from './discovery.ts';
import { type Read, readRequest } from './read-request.ts';

/**
 * The simulation's API server behind HTTP, so that a real kubectl can talk to it. Nothing else acts in it.
 */
export async function serveCluster(
  settings: ClusterSettings,
  first: readonly Request[],
): Promise<LocalServer> {
  const cluster = clusterOf(settings);
  for (const request of first) cluster.ask(request);
  return listen((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => answer({ cluster, settings, request, response, body: Buffer.concat(chunks) }));
  });
}

interface Cluster {
  ask(request: Request): Response;
  /** Calls back with every change behind a revision, until it is told to stop. */
  watch(watched: { resource: string; namespace?: string; revision: number }, tell: Tell): () => void;
}

type Tell = (change: { readonly type: string; readonly object: KubeObject }) => void;

function clusterOf(settings: ClusterSettings): Cluster {
  let world = emptyWorld();
  const watchers = new Set<() => void>();
  const happen = (event: Event): void => {
    const where = { actor: 'kubectl', key: '', cause: null };
    world = evolve(world, { seq: world.seq + 1, at: 0, ...where, event });
    for (const look of watchers) look();
  };
  happen({ type: 'ClusterConfigured', settings });
  return {
    ask(request) {
      const { events, response } = decide(world, request, { actor: 'kubectl', at: 0 });
      for (const event of events) happen(event);
      return response;
    },
    watch({ revision, ...watched }, tell) {
      let seen = revision;
      const look = () => {
        const reader = objectReader({ tables: world.store.tables, seq: world.seq });
        for (const change of reader.changesAfter({ ...watched, revision: seen })) {
          seen = Math.max(seen, Number(change.object.metadata.resourceVersion));
          tell(change);
        }
      };
      watchers.add(look);
      look();
      return () => watchers.delete(look);
    },
  };
}

interface Exchange {
  readonly cluster: Cluster;
  readonly settings: ClusterSettings;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: Buffer;
}

interface Answer {
  readonly code: number;
  readonly body: Json;
}

function answer(exchange: Exchange): void {
  const { settings, request, response, body } = exchange;
  const url = new URL(request.url ?? '/', 'http://localhost');
  const known = discover(url.pathname, settings.version.minor);
  const read = known ?? readRequest(request.method ?? 'GET', url, { body, headers: request.headers });
  if (isRead(read)) {
    // No pod here has a node, and so none has a log.
    if (read.request.subresource === 'log') response.end();
    else if (url.searchParams.get('watch')) watch(exchange, read.resource, url);
    else send(response, answerTo(exchange, read));
    return;
  }
  if (known !== undefined) send(response, { code: 200, body: known });
  else send(response, { code: Number((read as JsonObject)['code']), body: refusal(read) });
}

function isRead(read: unknown): read is Read {
  return typeof read === 'object' && read !== null && 'request' in read;
}

function send(response: ServerResponse, { code, body }: Answer): void {
  response.writeHead(code, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function refusal(status: unknown): Json {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    ...(status as JsonObject),
  };
}

function answerTo({ cluster, settings, request, response }: Exchange, read: Read): Answer {
  const outcome = cluster.ask(read.request);
  const warnings = outcome.ok ? (outcome.warnings ?? []) : [];
  if (warnings.length > 0)
    response.setHeader(
      'warning',
      warnings.map((text) => `299 - ${JSON.stringify(text)}`),
    );
  if (!outcome.ok) return { code: outcome.status.code, body: refusal(outcome.status) };
  const { object, items, revision } = outcome;
  if (wantsTable(request)) {
    const shown = items ?? (object === undefined ? [] : [object]);
    return { code: 200, body: tableOf(read.resource, shown, settings, revision) };
  }
  if (items !== undefined) {
    const { kind, apiVersion } = read.resource;
    const metadata = { resourceVersion: String(revision) };
    const list = { kind: `${kind}List`, apiVersion, metadata, items };
    return { code: 200, body: list as unknown as Json };
  }
  const done = { kind: 'Status', apiVersion: 'v1', status: 'Success' };
  return { code: request.method === 'POST' ? 201 : 200, body: (object ?? done) as unknown as Json };
}

function wantsTable({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && (headers.accept ?? '').includes('as=Table');
}

function watch({ cluster, settings, request, response }: Exchange, resource: Resource, url: URL): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.flushHeaders();
  const query = url.searchParams;
  const namespace = /\/namespaces\/([^/]+)\//.exec(url.pathname)?.[1];
  const name = /metadata.name=([^,]+)/.exec(query.get('fieldSelector') ?? '')?.[1];
  const watched = {
    resource: resource.name,
    ...(namespace === undefined ? {} : { namespace }),
    revision: Number(query.get('resourceVersion') ?? 0),
  };
  const stop = cluster.watch(watched, ({ type, object }) => {
    if (name !== undefined && object.metadata.name !== name) return;
    const revision = Number(object.metadata.resourceVersion);
    const shown = wantsTable(request) ? tableOf(resource, [object], settings, revision) : object;
    response.write(`${JSON.stringify({ type, object: shown })}\n`);
  });
  const seconds = Math.min(Number(query.get('timeoutSeconds') ?? 20), 20);
  const timer = setTimeout(() => response.end(), seconds * 1000);
  request.on('close', () => {
    stop();
    clearTimeout(timer);
  });
}

function tableOf(
  resource: Resource,
  objects: readonly KubeObject[],
  { version, epochMs }: ClusterSettings,
  revision: number,
): Json {
  const columns = columnsIn(columnsOf(resource), version);
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: { resourceVersion: String(revision) },
    columnDefinitions: columns.map(({ name, names, wide }) => ({
      name,
      type: 'string',
      format: names ? 'name' : '',
      priority: wide ? 1 : 0,
      description: '',
    })),
    rows: objects.map((object) => ({
      cells: columns.map(({ cell }) => cell(object as never, { now: epochMs, version }) ?? null),
      object: {
        kind: 'PartialObjectMetadata',
        apiVersion: 'meta.k8s.io/v1',
        metadata: object.metadata as unknown as JsonObject,
      },
    })),
  };
}
