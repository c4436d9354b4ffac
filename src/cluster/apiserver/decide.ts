import type { ApiEvent } from '../contract/api-event.ts';
import type { Decide, Decision, RequestContext } from '../contract/api-server.ts';
import type { Event } from '../contract/event.ts';
import { type GetRequest, nameAsked, type Request } from '../contract/request.ts';
import type { Granted, Refused } from '../contract/response.ts';
import { type ClusterSettings, hasOwnControlPlane } from '../contract/settings.ts';
import { managerOfActor } from '../contract/writer-row.ts';
import { refusalForSpace } from '../etcd/space.ts';
import { extended } from '../objects/json.ts';
import { storageKey } from '../objects/storage-key.ts';
import { serverSettings } from '../world/installs.ts';
import { rowReader } from '../world/readers.ts';
import type { World } from '../world/world.ts';
import { metricsResource } from './aggregated/metrics-api.ts';
import { answerUnstored } from './aggregated/unstored.ts';
import { requestToken } from './authenticate/service-account-token.ts';
import { answerReview, isReview } from './authorize/review.ts';
import { type Call, keyOf, type Outcome, type ServedResource } from './call.ts';
import { badRequest, methodNotAllowed, notFound, notSimulated, unknownResource } from './refusal.ts';
import { inVersionAsked, warnOfVersion } from './resolve/in-version.ts';
import { resolveResource } from './resolve/resolve-resource.ts';
import { beginTransaction } from './store/transaction.ts';
import { approve } from './subresources/approval.ts';
import { bind } from './subresources/binding.ts';
import { evict } from './subresources/eviction.ts';
import { changeScale, getScale } from './subresources/scale.ts';
import { type Server, userAsking } from './user-asking.ts';
import { create } from './verbs/create.ts';
import { remove } from './verbs/delete.ts';
import { removeCollection } from './verbs/delete-collection.ts';
import { patch } from './verbs/patch.ts';
import { get, list, withOwnersOfDry } from './verbs/read.ts';
import { update } from './verbs/update.ts';

/**
 * The API server: one request through its pipeline. Pure: what it changes comes out as events for etcd, and a
 * refusal is an event too, so that the log tells why nothing happened. Reads leave no trace.
 */
export const decide: Decide<World> = (world, request, context) => {
  const settings = settingsOfServer(world, context);
  const isPlain =
    request.version === undefined &&
    request.as === undefined &&
    request.credentials === undefined &&
    context.tell === undefined;
  if (isPlain && request.verb === 'get' && request.subresource === undefined && !request.showsManagers) {
    const response = readStored(world, request, settings);
    if (response) return { events: NO_EVENTS, response };
  }
  const store = beginTransaction(world, request, context.at);
  const opened = openCall(request, { settings, store, context, world });
  const response = opened.ok ? answerInFull(world, opened.value, request) : opened;
  if (response.ok && store.events.length > 0)
    context.tell?.({ stage: 'store', says: `revision ${response.revision}` });
  const full = response.ok ? refusalForSpace(world, store.events) : undefined;
  return full ? decisionOf(request, full.response, full.events) : decisionOf(request, response, store.events);
};

const NO_EVENTS: readonly ApiEvent[] = [];

/** Of the version that runs. */
function settingsOfServer({ store: { tables }, seq }: World, { actor }: RequestContext): ClusterSettings {
  const settings = tables.settings.read('cluster', seq);
  if (settings === undefined) throw new Error(`${actor} asks a server whose cluster is not configured`);
  return hasOwnControlPlane(settings) ? serverSettings(rowReader({ tables, seq }), settings) : settings;
}

/**
 * The short way of the most frequent request, that for an object that is there; what is to be said of any
 * other is found out on the long way.
 */
function readStored(world: World, request: GetRequest, settings: ClusterSettings): Granted | undefined {
  const resource = resolveResource(request.resource, settings.version, world);
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

function decisionOf(request: Request, response: Granted | Refused, events: readonly Event[]): Decision {
  if (response.ok || request.verb === 'get' || request.verb === 'list') return { events, response };
  const { verb, resource, namespace, subresource } = request;
  const name = nameAsked(request);
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

/** What the request is about, if there is such a thing and it can be done with it. */
function openCall(request: Request, server: Server): Outcome<Call> {
  const { settings, store, context, world } = server;
  const { resource: name } = request;
  const resource = resolveResource(name, settings.version, world) ?? metricsResource(name, settings);
  if (resource === undefined) return unknownResource();
  const asking = userAsking(request, resource, server);
  if (!asking.ok) return asking;
  const { subresource } = request;
  const refusal = checkVerb(request, resource);
  if (refusal) return refusal;
  const namespace = namespaceOf(request, resource);
  if (resource.isNamespaced && namespace === undefined && !isOverAll(request)) {
    return badRequest('an empty namespace may not be set when a resource name is provided');
  }
  // Of one shape, whatever is asked: each stage of each request reads of it.
  const isShown = request.as !== undefined || request.credentials !== undefined;
  const value: WholeCall = {
    resource,
    subresource,
    namespace,
    store,
    settings,
    chance: settings,
    at: context.at,
    manager: request.fieldManager ?? managerOfActor(context.actor),
    user: asking.value,
    isShown: isShown ? true : undefined,
    tell: context.tell,
    warnings: resource.deprecation === undefined ? [] : [resource.deprecation],
  };
  return { ok: true, value: value as Call };
}

/** So that the compiler says of a field that comes to calls that it has to be here. */
type WholeCall = { readonly [Field in keyof Call]-?: Call[Field] | undefined };

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
  // The way to a kubelet is gone with any method.
  const isServed = found.verbs.includes(verb) || found.verbs.includes('connect');
  return isServed ? undefined : methodNotAllowed();
}

/** With what there is to warn of, and in the version that was asked for. */
function answerInFull(world: World, call: Call, request: Request): Granted | Refused {
  warnOfVersion(call, request);
  const response = answerIn(world, call, request);
  return response.ok ? withWarnings(inVersionAsked(response, request, call.resource), call) : response;
}

/** The metrics server answers for itself. */
function answerIn(world: World, call: Call, request: Request): Granted | Refused {
  const isRead = request.verb === 'get' || request.verb === 'list';
  const response = (isRead && answerUnstored(world, call, request)) || answer(call, request);
  return request.dryRun && request.showsManagers ? withOwnersOfDry(call, response) : response;
}

/** What is asked for and written as the object itself is, if in part. */
const IS_OBJECT: ReadonlySet<string> = new Set(['', 'status', 'ephemeralcontainers']);

function answer(call: Call, request: Request): Granted | Refused {
  if (!IS_OBJECT.has(call.subresource ?? '')) return answerSubresource(call, request);
  switch (request.verb) {
    case 'create':
      if (isReview(call)) return answerReview(call, request.object);
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

/** What a kubelet answers, if there is such a pod at all. */
function passedOn(call: Call, name: string): Granted | Refused {
  if (!call.store.read(keyOf(call, name))) return notFound(call.resource, name);
  return { ok: true, revision: call.store.revision() };
}

function answerSubresource(call: Call, request: Request): Granted | Refused {
  const { verb } = request;
  switch (call.subresource) {
    case 'attach':
    case 'exec':
    case 'log':
    case 'portforward':
      return passedOn(call, 'name' in request ? (request.name ?? '') : '');
    case 'approval':
      if (verb === 'get') return get(call, request);
      if (verb === 'update' || verb === 'patch') return approve(call, request);
      break;
    case 'binding':
      if (verb === 'create') return bind(call, request.name ?? '', request.object);
      break;
    case 'token':
      if (verb === 'create') return requestToken(call, request.name ?? '', request.object);
      break;
    case 'eviction':
      if (verb === 'create') return evict(call, request.name ?? '', request.object);
      break;
    case 'finalize':
      if (verb === 'update') return update(call, request.name, request);
      break;
    case 'resize':
      return resize(call, request);
    case 'scale':
      if (verb === 'get') return getScale(call, request.name);
      if (verb === 'update' || verb === 'patch') return changeScale(call, request);
  }
  return notSimulated(`${verb} of ${call.resource.name}/${call.subresource}`);
}

/** Pods have that way since 1.33 (gate InPlacePodVerticalScaling). */
const FIRST_TO_RESIZE = 33;

function resize(call: Call, request: Request): Granted | Refused {
  if (call.settings.version.minor < FIRST_TO_RESIZE) return unknownResource();
  if (request.verb === 'get') return get(call, request);
  if (request.verb === 'patch') return patch(call, request.name, request);
  if (request.verb === 'update') return update(call, request.name, request);
  return methodNotAllowed();
}

function withWarnings(response: Granted, { warnings }: Call): Granted {
  return warnings.length > 0 ? extended(response, { warnings }) : response;
}
