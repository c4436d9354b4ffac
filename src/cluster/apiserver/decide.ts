import type { ApiEvent } from '../contract/api-event.ts';
import type { Decide, Decision, RequestContext } from '../contract/api-server.ts';
import type { GetRequest, Request } from '../contract/request.ts';
import type { Granted, Refused } from '../contract/response.ts';
import type { ClusterSettings } from '../contract/settings.ts';
import { administrator, type User, userOf } from '../contract/user.ts';
import { managerOfActor } from '../contract/writer-row.ts';
import { extended } from '../objects/json.ts';
import { storageKey } from '../objects/storage-key.ts';
import type { World } from '../world/world.ts';
import { authorize } from './authorize/authorize.ts';
import { answerReview, isReview } from './authorize/review.ts';
import type { Call, Outcome, ServedResource } from './call.ts';
import { badRequest, methodNotAllowed, notSimulated, unknownResource } from './refusal.ts';
import { resolveResource } from './resolve/resolve-resource.ts';
import { beginTransaction } from './store/transaction.ts';
import { bind } from './subresources/binding.ts';
import { evict } from './subresources/eviction.ts';
import { changeScale, getScale } from './subresources/scale.ts';
import { create } from './verbs/create.ts';
import { remove } from './verbs/delete.ts';
import { removeCollection } from './verbs/delete-collection.ts';
import { patch } from './verbs/patch.ts';
import { get, list } from './verbs/read.ts';
import { update } from './verbs/update.ts';

/**
 * The API server: one request through its pipeline. Pure: what it changes comes out as events for etcd, and a
 * refusal is an event too, so that the log tells why nothing happened. Reads leave no trace.
 */
export const decide: Decide<World> = (world, request, context) => {
  const settings = world.store.tables.settings.read('cluster', world.seq);
  if (settings === undefined)
    throw new Error(`${context.actor} asks a server whose cluster is not configured`);
  if (
    request.verb === 'get' &&
    request.subresource === undefined &&
    request.as === undefined &&
    !request.showsManagers
  ) {
    const response = readStored(world, request, settings);
    if (response) return { events: NO_EVENTS, response };
  }
  const store = beginTransaction(world, request);
  const opened = openCall(request, { settings, store, context });
  const response = opened.ok ? withWarnings(answer(opened.value, request), opened.value) : opened;
  return decisionOf(request, response, store.events);
};

const NO_EVENTS: readonly ApiEvent[] = [];

/**
 * The short way of the most frequent request, that for an object that is there; what is to be said of any
 * other is found out on the long way.
 */
function readStored(world: World, request: GetRequest, settings: ClusterSettings): Granted | undefined {
  const resource = resolveResource(request.resource, settings.version);
  const { namespace, name } = request;
  if (!resource?.verbs.includes('get') || resource.deprecation !== undefined) return undefined;
  if (resource.isNamespaced !== (namespace !== undefined)) return undefined;
  const { objects, counters } = world.store.tables;
  const at =
    namespace === undefined
      ? { resource: resource.name, name }
      : { resource: resource.name, namespace, name };
  const object = objects.read(storageKey(at), world.seq);
  const revision = counters.read('revision', world.seq)?.value;
  return object && revision !== undefined ? { ok: true, object, revision } : undefined;
}

function decisionOf(request: Request, response: Granted | Refused, events: readonly ApiEvent[]): Decision {
  if (response.ok || request.verb === 'get' || request.verb === 'list') return { events, response };
  const { verb, resource, namespace, subresource } = request;
  const name = 'name' in request ? request.name : nameOf(request);
  const { code, reason, message } = response.status;
  const refused: ApiEvent = {
    type: 'RequestRefused',
    verb,
    resource: subresource === undefined ? resource : `${resource}/${subresource}`,
    ...(namespace !== undefined && { namespace }),
    ...(name !== undefined && { name }),
    code,
    reason,
    message,
  };
  return { events: [...events, refused], response };
}

function nameOf(request: Request): string | undefined {
  return request.verb === 'create' ? request.object.metadata.name : undefined;
}

/** What the request is about, if there is such a thing and it can be done with it. */
function openCall(
  request: Request,
  { settings, store, context }: { settings: ClusterSettings; store: Call['store']; context: RequestContext },
): Outcome<Call> {
  const resource = resolveResource(request.resource, settings.version);
  if (resource === undefined) return unknownResource();
  const { subresource, as } = request;
  const refusal = (as && authorize(store, userOf(as), { request, resource })) ?? checkVerb(request, resource);
  if (refusal) return refusal;
  const namespace = namespaceOf(request, resource);
  if (resource.isNamespaced && namespace === undefined && !isOverAll(request)) {
    return badRequest('an empty namespace may not be set when a resource name is provided');
  }
  const value: { -readonly [Field in keyof Call]: Call[Field] } = {
    resource,
    store,
    settings,
    chance: settings,
    at: context.at,
    manager: request.fieldManager ?? managerOfActor(context.actor),
    warnings: resource.deprecation === undefined ? [] : [resource.deprecation],
  };
  if (subresource !== undefined) value.subresource = subresource;
  if (namespace !== undefined) value.namespace = namespace;
  return { ok: true, value };
}

function isOverAll({ verb }: Request): boolean {
  return verb === 'list' || verb === 'deletecollection';
}

function namespaceOf(request: Request, { isNamespaced }: ServedResource): string | undefined {
  if (!isNamespaced) return undefined;
  const named =
    request.verb === 'create' || request.verb === 'update' ? request.object.metadata?.namespace : undefined;
  return request.namespace ?? named;
}

function checkVerb({ verb, subresource }: Request, resource: ServedResource): Refused | undefined {
  if (subresource === undefined) return resource.verbs.includes(verb) ? undefined : methodNotAllowed();
  const found = resource.subresources.find(({ name }) => name === subresource);
  if (found === undefined) return unknownResource();
  return found.verbs.includes(verb) ? undefined : methodNotAllowed();
}

function answer(call: Call, request: Request): Granted | Refused {
  if (call.subresource !== undefined && call.subresource !== 'status')
    return answerSubresource(call, request);
  switch (request.verb) {
    case 'create':
      if (isReview(call)) return answerReview(call, request.object, asking(request, call));
      if (!call.resource.verbs.includes('get')) return notSimulated(`creating ${call.resource.name}`);
      return create(call, request.object, request);
    case 'get':
      return get(call, request);
    case 'list':
      return list(call, request);
    case 'update':
      return update(call, request.name, request);
    case 'patch':
      return patch(call, request.name, request);
    case 'delete':
      return remove(call, request.name, request);
    case 'deletecollection':
      return removeCollection(call, request);
  }
}

function asking({ as }: Request, { settings }: Call): User {
  return as === undefined ? administrator(settings.version) : userOf(as);
}

function answerSubresource(call: Call, request: Request): Granted | Refused {
  const { verb } = request;
  switch (call.subresource) {
    case 'binding':
      if (verb === 'create') return bind(call, request.name ?? '', request.object);
      break;
    case 'eviction':
      if (verb === 'create') return evict(call, request.name ?? '', request.object);
      break;
    case 'finalize':
      if (verb === 'update') return update(call, request.name, request);
      break;
    case 'scale':
      if (verb === 'get') return getScale(call, request.name);
      if (verb === 'update' || verb === 'patch') return changeScale(call, request);
  }
  return notSimulated(`${verb} of ${call.resource.name}/${call.subresource}`);
}

function withWarnings(response: Granted | Refused, { warnings }: Call): Granted | Refused {
  return response.ok && warnings.length > 0 ? extended(response, { warnings }) : response;
}
