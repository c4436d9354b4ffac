import { authenticate } from '../apiserver/authenticate/authenticate.ts';
import type { Attributes, ResourceAttributes } from '../apiserver/authorize/attributes.ts';
import { authorize, judge } from '../apiserver/authorize/authorize.ts';
import { refuseImpersonation } from '../apiserver/authorize/impersonate.ts';
import { granted, type Outcome } from '../apiserver/call.ts';
import { internalError, unauthorized } from '../apiserver/refusal.ts';
import { beginTransaction, type Transaction } from '../apiserver/store/transaction.ts';
import type { Refused } from '../contract/response.ts';
import { type Impersonated, type User, userOf } from '../contract/user.ts';
import { type HttpCall, headerOf } from './http-call.ts';
import { forbiddenPath } from './wire-refusal.ts';
import type { WireRequest } from './wire-request.ts';
import type { WireServer } from './wire-server.ts';

/** Who asks, and whom to be taken for. */
export interface Asking {
  readonly user: User;
  readonly as?: Impersonated;
}

/**
 * Whom a certificate of the cluster's authority speaks for, or a bearer's token: somebody that the host knows
 * by it, or a service account of the cluster (apiserver: authentication/request/union). Whoever shows none is
 * refused: a server for those who have its kubeconfig has no anonymous users.
 */
export function whoAsks(
  server: WireServer,
  call: HttpCall,
  known: (token: string) => User | undefined,
): Outcome<Asking> {
  const { settings, at } = server;
  const asked = { store: storeOf(server), settings, at };
  const shown = call.certificate === undefined ? undefined : authenticate(call, asked);
  const token = /^bearer +(\S+)$/i.exec(headerOf(call, 'authorization').trim())?.[1];
  const user = token === undefined ? undefined : known(token);
  const borne = token === undefined ? unauthorized() : user ? granted(user) : authenticate({ token }, asked);
  // The certificate is believed first, as where several ways to be known are asked one after another.
  const found = shown?.ok ? shown : borne;
  if (!found.ok) return found;
  const as = impersonatedIn(call);
  if (!as.ok) return as;
  return granted({ user: found.value, ...(as.value && { as: as.value }) });
}

/** apiserver: endpoints/filters/impersonation. */
function impersonatedIn(call: HttpCall): Outcome<Impersonated | undefined> {
  const name = headerOf(call, 'impersonate-user');
  const groups = call.headers['impersonate-group'] ?? [];
  const isMore = groups.length > 0 || headerOf(call, 'impersonate-uid') !== '';
  if (name === '')
    return isMore ? internalError('requested groups without impersonating a user') : granted(undefined);
  return granted({ name, ...(groups.length > 0 && { groups }) });
}

/** Refuses what the one who asks may not do; otherwise who that is in the end. */
export function admitted(server: WireServer, asking: Asking, request: WireRequest): Outcome<User> {
  const store = storeOf(server);
  const refusal = asking.as && refuseImpersonation(store, asking.user, asking.as);
  if (refusal) return refusal;
  const user = asking.as ? userOf(asking.as) : asking.user;
  return refuseRequest(store, user, request) ?? granted(user);
}

function refuseRequest(store: Transaction, user: User, request: WireRequest): Refused | undefined {
  if (request.type === 'path') {
    const path = `/${request.parts.join('/')}`;
    const attributes: Attributes = { verb: 'get', path };
    return judge(store, user, attributes).isAllowed ? undefined : forbiddenPath(user.name, 'get', path);
  }
  // A write is looked at where it is decided, with all that it says.
  return request.type === 'write' ? undefined : authorize(store, user, attributesOf(request));
}

function attributesOf(request: Exclude<WireRequest, { type: 'path' | 'write' }>): ResourceAttributes {
  const { resource, place } = request;
  const { namespace, subresource } = place;
  const fieldSelector =
    'request' in request && 'fieldSelector' in request.request ? request.request.fieldSelector : undefined;
  const name = place.name ?? /^metadata\.name=([^,=]+)$/.exec(fieldSelector ?? '')?.[1];
  return {
    verb: request.type === 'connect' ? request.verb : request.type,
    group: resource.group,
    resource: resource.plural,
    ...(subresource !== undefined && { subresource }),
    ...(namespace !== undefined && { namespace }),
    ...(name !== undefined && { name }),
    ...(fieldSelector !== undefined && { fieldSelector }),
  };
}

function storeOf({ world, at }: WireServer): Transaction {
  return beginTransaction(world, {}, at);
}
