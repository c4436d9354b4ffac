import { granted, type Outcome } from '../apiserver/call.ts';
import { badRequest, methodNotAllowed, unknownResource } from '../apiserver/refusal.ts';
import type { ListRequest } from '../contract/request.ts';
import type { Resource } from '../objects/schema/resources.ts';
import type { KubeVersion } from '../objects/versions.ts';
import { type Asked, targetOf } from './asked-place.ts';
import { type HttpCall, headerOf } from './http-call.ts';
import { readQuery } from './query-values.ts';
import { readListOptions, readRevision, readWatchOptions } from './read-options.ts';
import { readWrite } from './read-write.ts';
import { partsOfPath, placeOfPath, type RequestPlace } from './request-place.ts';
import type { ConnectVerb, WireRequest } from './wire-request.ts';

/** What goes on to a kubelet, or to whoever else stands behind. */
const CONNECTED: ReadonlySet<string> = new Set(['attach', 'exec', 'log', 'portforward', 'proxy']);

/** By method, as rights are asked for (apiserver: endpoints/request/requestinfo.go). */
const CONNECT_VERBS: Readonly<Record<string, ConnectVerb>> = {
  GET: 'get',
  HEAD: 'get',
  OPTIONS: 'get',
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};

/** What a request over HTTP asks for, of a cluster that serves these resources. */
export function readCall(
  call: HttpCall,
  served: readonly Resource[],
  version: KubeVersion,
): Outcome<WireRequest> {
  const query = readQuery(call.query);
  const parts = partsOfPath(call.path);
  if (query === undefined || parts === undefined) return badRequest('invalid URL escape');
  const place = placeOfPath(parts);
  if (place === undefined) {
    const isRead = call.method === 'GET' || call.method === 'HEAD';
    return isRead || !isOfPath(parts) ? granted({ type: 'path', parts, query }) : methodNotAllowed();
  }
  const resource = served.find(
    (each) => each.apiVersion === place.apiVersion && each.plural === place.plural,
  );
  if (resource === undefined || !isInPlace(place, resource)) return unknownResource();
  return readAbout(call, { place, resource, query, version });
}

function isOfPath([first = '']: readonly string[]): boolean {
  return ['', 'api', 'apis', 'version', 'healthz', 'livez', 'readyz', 'metrics', 'openapi'].includes(first);
}

function isInPlace({ namespace, name, subresource }: RequestPlace, resource: Resource): boolean {
  if (namespace === '' || name === '' || subresource === '') return false;
  if (namespace !== undefined && !resource.isNamespaced) return false;
  return subresource === undefined || resource.subresources.some((each) => each.name === subresource);
}

function readAbout(call: HttpCall, asked: Asked): Outcome<WireRequest> {
  const { place, resource, query } = asked;
  const { name, subresource } = place;
  if (subresource !== undefined && CONNECTED.has(subresource)) {
    if (name === undefined) return unknownResource();
    const verb = CONNECT_VERBS[call.method];
    const isOffered =
      subresource === 'proxy' || verb === 'get' || (verb === 'create' && subresource !== 'log');
    if (verb === undefined || !isOffered) return methodNotAllowed();
    return granted({ type: 'connect', resource, place, query, verb });
  }
  switch (call.method) {
    case 'GET':
    case 'HEAD':
      if (place.isWatch || (name === undefined && query.bool('watch'))) return readWatch(asked);
      if (name !== undefined && query.bool('watch')) return readWatch(asked);
      return name === undefined ? readList(asked) : readGet(asked, name);
    case 'POST':
    case 'PUT':
    case 'PATCH':
    case 'DELETE':
      return readWrite(call, asked, headerOf(call, 'user-agent'));
    default:
      return methodNotAllowed();
  }
}

function readGet(asked: Asked, name: string): Outcome<WireRequest> {
  const { place, resource, query } = asked;
  if (!isServedAs(asked, 'get')) return methodNotAllowed();
  const revision = readRevision(query);
  if (!revision.ok) return revision;
  return granted({
    type: 'get',
    resource,
    place,
    request: { verb: 'get', ...targetOf(asked), name },
    ...((revision.value ?? 0) > 0 && { atLeast: revision.value as number }),
  });
}

function readList(asked: Asked): Outcome<WireRequest> {
  const { place, resource, query } = asked;
  if (!isServedAs(asked, 'list')) return methodNotAllowed();
  const options = readListOptions(query);
  if (!options.ok) return options;
  return granted({ type: 'list', resource, place, request: listRequest(asked), options: options.value });
}

function readWatch(asked: Asked): Outcome<WireRequest> {
  const { place, resource, query, version } = asked;
  if (!isServedAs(asked, 'watch') || place.subresource !== undefined) return methodNotAllowed();
  const options = readWatchOptions(query, version);
  if (!options.ok) return options;
  return granted({ type: 'watch', resource, place, request: listRequest(asked), options: options.value });
}

function isServedAs({ place, resource }: Asked, verb: string): boolean {
  const { subresource } = place;
  if (subresource === undefined) return resource.verbs.includes(verb);
  return resource.subresources.some((each) => each.name === subresource && each.verbs.includes(verb));
}

function listRequest(asked: Asked): ListRequest {
  const { place, query } = asked;
  const labelSelector = query.text('labelSelector');
  const named = place.name === undefined ? '' : `metadata.name=${place.name}`;
  const fieldSelector = [named, query.text('fieldSelector')].filter((text) => text !== '').join(',');
  const { subresource: _, ...target } = targetOf(asked);
  return {
    verb: 'list',
    ...target,
    ...(labelSelector !== '' && { labelSelector }),
    ...(fieldSelector !== '' && { fieldSelector }),
  };
}
