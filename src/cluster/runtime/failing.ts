import type { Due } from '../../kernel/run/agenda.ts';
import { type Millis, SECOND } from '../../kernel/time/millis.ts';
import type { Component, View } from '../contract/component.ts';
import type { Event } from '../contract/event.ts';
import type { Request } from '../contract/request.ts';
import type { Refused } from '../contract/response.ts';
import { type Actor, requestLateness, writeLateness } from '../world/hindrance-of.ts';
import { RETRIES, refusalOf, refusedTries } from '../world/refusals.ts';

export interface Asked {
  readonly component: Component;
  readonly due: Due;
  readonly request: Request;
  /** How many requests of the same look came before it. */
  readonly count: number;
}

export interface Failure {
  readonly response: Refused;
  readonly events: readonly Event[];
}

/**
 * What a request meets at an API server that is not well, where anything is hindered; undefined for one that
 * it handles.
 */
export function failureOf({ rows, settings, chance }: View, asked: Asked): Failure | undefined {
  const { request } = asked;
  const isWrite = request.verb !== 'get' && request.verb !== 'list';
  if (isWrite && writeLateness(rows, settings) >= STORE_PATIENCE_MS)
    return { response: STORE_SLOW, events: [] };
  const patienceMs = patienceOf(asked);
  if (patienceMs !== undefined && requestLateness(rows, settings) >= patienceMs)
    return { response: TOO_LATE, events: [] };
  const { due } = asked;
  const failing = refusalOf(rows, whoAsks(asked));
  if (failing?.share === undefined || failing.code === undefined) return undefined;
  const { code } = failing;
  const { actor, key, at } = due;
  const identity = [actor, key, at, asked.count];
  const refused = refusedTries(chance, failing, identity);
  const tries = code === 429 ? Math.min(RETRIES, (patienceMs ?? Number.POSITIVE_INFINITY) / SECOND) : 0;
  return refused > tries ? refusedWith(code, request) : undefined;
}

/** etcd: server/config ReqTimeout, five seconds and two elections. */
const STORE_PATIENCE_MS = 7 * SECOND;

const STORE_SLOW: Refused = {
  ok: false,
  status: { code: 500, reason: '', message: 'etcdserver: request timed out' },
};

const TOO_LATE: Refused = {
  ok: false,
  status: { code: 0, reason: '', message: 'context deadline exceeded' },
};

/**
 * How long a client waits that must not wait long: who renews a lease as leader half of the time that it has
 * for it (leaderelection: RenewDeadline), a kubelet for its node as long as between two heartbeats.
 */
function patienceOf({ component, request }: Asked): Millis | undefined {
  if (component.name === 'programs') return 5 * SECOND;
  const isHeartbeat = /^(?:leases\.coordination\.k8s\.io|nodes)$/.test(request.resource);
  return component.name === 'kubelet' && isHeartbeat ? 10 * SECOND : undefined;
}

/** Who takes part in elections asks as the program that it is a part of. */
function whoAsks({ component, due: { actor, key } }: Asked): Actor {
  return component.name === 'programs' ? { component: { name: key }, actor } : { component, actor };
}

/** apimachinery: api/errors NewGenericServerResponse; what etcd says is passed on as it is. */
const REFUSALS = {
  429: {
    reason: 'TooManyRequests',
    message: 'the server has received too many requests and has asked us to try again later',
  },
  500: {
    reason: '',
    message: 'etcdserver: leader changed',
  },
  503: {
    reason: 'ServiceUnavailable',
    message: 'the server is currently unable to handle the request',
  },
} as const;

function refusedWith(code: keyof typeof REFUSALS, request: Request): Failure {
  const { reason, message } = REFUSALS[code];
  const { verb, resource, namespace } = request;
  const name = 'name' in request ? request.name : undefined;
  const response: Refused = { ok: false, status: { code, reason, message } };
  const said = {
    ...(namespace !== undefined && { namespace }),
    ...(name !== undefined && { name }),
  };
  return { response, events: [{ type: 'RequestRefused', verb, resource, ...said, code, reason, message }] };
}
