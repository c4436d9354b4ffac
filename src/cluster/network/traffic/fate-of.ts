import { drawWhole } from '../../../kernel/chance/draw.ts';
import type { Millis } from '../../../kernel/time/millis.ts';
import type {
  DroppedThere,
  EndpointState,
  Loss,
  RouteTarget,
  TrafficRoute,
  TrafficRow,
} from '../../contract/traffic-rows.ts';
import { SYN_TRIES_MS } from '../syn-tries.ts';
import { connectionFor } from './connection-for.ts';
import { endOfConnection } from './end-of-connection.ts';
import type { Sending } from './sending.ts';

/** What becomes of one request, and when its client knows. */
export interface Fate extends Outcome {
  /** The connections that the client keeps open afterwards. */
  readonly kept: TrafficRow['kept'];
  readonly endpoint?: string;
}

interface Outcome {
  readonly at: Millis;
  readonly outcome: 'answered' | Loss;
  readonly because: string;
  readonly cause: number | null;
  /** What it met. */
  readonly state?: EndpointState;
}

/** Undefined while the client is not there to send. */
export function fateOf(sending: Sending, index: number, sent: Millis): Fate | undefined {
  const { row, kept } = sending;
  const route = routeAt(row, sent);
  if (!route || route.to.kind === 'silent') return undefined;
  const trip = tripOf(sending, index, sent);
  const tries = row.spec.connections === undefined ? SYN_TRIES_MS : SYN_TRIES_MS.slice(0, 1);
  for (const tryMs of tries) {
    if (sent + tryMs >= trip.deadline) break;
    const found = tried(sending, index, { ...trip, sent: sent + tryMs, arrives: trip.arrives + tryMs });
    if (found) return found;
  }
  return {
    ...gaveUp(trip, { because: TOO_FAR, cause: route.cause, ...whyInVain(sending, index, trip) }),
    kept,
  };
}

const TOO_FAR = 'the way there takes longer than the client waits';

/** Who kept silent when it was tried first. */
function whyInVain(
  sending: Sending,
  index: number,
  { sent, back }: Trip,
): Partial<DroppedThere> & { readonly endpoint?: string } {
  const to = routeAt(sending.row, sent)?.to;
  if (!to) return {};
  if ('because' in to) return { because: to.because };
  const use = connectionFor(sending, { index, sent, to, back });
  const dropped = use && dropAt(use, to);
  return use && dropped ? { ...dropped, endpoint: use.endpoint } : {};
}

/** A connection that is open is let through, whatever the policies have become (conntrack: ESTABLISHED). */
function dropAt({ isOpen, endpoint }: Use, to: RouteTarget): DroppedThere | undefined {
  return isOpen || to.kind !== 'endpoints' ? undefined : to.dropped?.[endpoint];
}

function routeAt({ routes }: TrafficRow, at: Millis): TrafficRoute | undefined {
  return routes.findLast(({ since }) => since <= at);
}

/** One try to get somewhere; undefined where there is but silence. */
function tried(sending: Sending, index: number, trip: Trip): Fate | undefined {
  const { row, kept } = sending;
  const route = routeAt(row, trip.sent);
  if (!route || route.to.kind === 'silent') return undefined;
  const { to, cause } = route;
  const use = connectionFor(sending, { index, sent: trip.sent, to, back: trip.back });
  if (use === undefined) {
    if (to.kind === 'endpoints') throw new Error(`a service without endpoints refuses: ${row.client}`);
    return to.kind === 'timedOut' ? undefined : { ...unsent(trip, to, cause), kept };
  }
  if (dropAt(use, to)) return undefined;
  const { endpoint, isOpen } = use;
  const states = row.endpoints[endpoint] ?? [];
  const end = isOpen && use.connection ? endOfConnection(states, use.connection) : undefined;
  const outcome =
    trip.arrives >= trip.deadline
      ? gaveUp(trip, { because: TOO_FAR, cause })
      : end && end.since <= trip.arrives
        ? afterTheEnd(trip, end)
        : inTime(whatItMeets(states, trip, cause), trip);
  return { ...outcome, endpoint, kept: keptAfter({ use, outcome, trip, states }) };
}

/** A request on its way. */
interface Trip {
  readonly sent: Millis;
  readonly arrives: Millis;
  /** How long the answer needs for its way. */
  readonly back: Millis;
  /** When the client gives up. */
  readonly deadline: Millis;
}

function tripOf({ row, settings }: Sending, index: number, sent: Millis): Trip {
  const { client, spec } = row;
  const [low, high] = settings.latencies.network;
  const there = drawWhole(settings, low, high, 'traffic there', client, index);
  const back = drawWhole(settings, low, high, 'traffic back', client, index);
  return { sent, arrives: sent + there, back, deadline: sent + spec.timeoutMs };
}

function unsent(
  trip: Trip,
  { kind, because, afterMs }: { readonly kind: Loss; readonly because: string; readonly afterMs?: Millis },
  cause: number | null,
): Outcome {
  // The name service is a way off, the rules of one's own node are not.
  const at = trip.sent + (afterMs ?? (kind === 'unresolved' ? 2 * trip.back : 0));
  return at >= trip.deadline ? gaveUp(trip, { because, cause }) : { at, outcome: kind, because, cause };
}

function whatItMeets(states: readonly EndpointState[], trip: Trip, routeCause: number | null): Outcome {
  const place = states.findLastIndex(({ since }) => since <= trip.arrives);
  const state = states[place];
  if (!state) return gaveUp(trip, { because: 'nothing is known of that address', cause: routeCause });
  const { because, cause } = state;
  switch (state.does) {
    case 'refuses':
      return { at: trip.arrives + trip.back, outcome: 'refused', because, cause, state };
    case 'resets':
      return { at: trip.arrives + trip.back, outcome: 'reset', because, cause, state };
    case 'hangs':
      return foundLater(states, trip, state) ?? silence(trip, state, trip.arrives);
    case 'answers':
      return answered(states, { place, trip });
  }
}

/** Where nobody had the address, somebody may have it when the connection is asked for again. */
function foundLater(
  states: readonly EndpointState[],
  trip: Trip,
  { container, delayMs = Number.POSITIVE_INFINITY }: EndpointState,
): Outcome | undefined {
  if (container !== undefined) return undefined;
  for (const tryMs of SYN_TRIES_MS.slice(1)) {
    const arrives = trip.arrives + tryMs;
    if (arrives >= trip.deadline || tryMs >= delayMs) return undefined;
    const state = states.findLast(({ since }) => since <= arrives);
    if (state && state.does !== 'hangs') return whatItMeets(states, { ...trip, arrives }, null);
  }
  return undefined;
}

/** Whoever begins an answer finishes it, unless something happens to it meanwhile. */
function answered(
  states: readonly EndpointState[],
  { place, trip }: { readonly place: number; readonly trip: Trip },
): Outcome {
  const state = states[place];
  const ready = trip.arrives + (state?.delayMs ?? 0);
  for (const later of states.slice(place + 1)) {
    if (later.since > ready || later.since > trip.deadline) break;
    const { because, cause } = later;
    if (later.underWay === 'hangs') return silence(trip, later, later.since);
    if (later.underWay === 'is reset')
      return { at: later.since + trip.back, outcome: 'reset', because, cause, state: later };
  }
  return {
    at: ready + trip.back,
    outcome: 'answered',
    because: '',
    cause: state?.cause ?? null,
    ...(state && { state }),
  };
}

function inTime(outcome: Outcome, trip: Trip): Outcome {
  if (outcome.at <= trip.deadline) return outcome;
  const { cause, state } = outcome;
  return gaveUp(trip, {
    because: 'the answer takes longer than the client waits',
    cause,
    ...(state && { state }),
  });
}

/** Where nobody has the address, the network may say so before the client gives up. */
function silence(trip: Trip, state: EndpointState, since: Millis): Outcome {
  const at = since + ((state.does === 'hangs' ? state.delayMs : undefined) ?? Number.POSITIVE_INFINITY);
  const { because, cause } = state;
  return at < trip.deadline
    ? { at, outcome: 'unreachable', because, cause, state }
    : gaveUp(trip, { because, cause, state });
}

function gaveUp(trip: Trip, why: Pick<Outcome, 'because' | 'cause' | 'state'>): Outcome {
  return { at: trip.deadline, outcome: 'timedOut', ...why };
}

/** The client has not learnt yet that the other side is gone. */
function afterTheEnd(trip: Trip, end: EndpointState): Outcome {
  if (end.does === 'hangs') return gaveUp(trip, { because: end.because, cause: end.cause, state: end });
  const { because, cause } = end;
  return { at: trip.arrives + trip.back, outcome: 'reset', because, cause, state: end };
}

type Use = NonNullable<ReturnType<typeof connectionFor>>;

interface Used {
  readonly use: Use;
  readonly outcome: Outcome;
  readonly trip: Trip;
  readonly states: readonly EndpointState[];
}

/**
 * What is kept must not depend on what nobody knows yet: an end that is still to come is found when it came.
 */
function keptAfter({ use, outcome, trip, states }: Used): TrafficRow['kept'] {
  const { slot, endpoint, connection, kept } = use;
  if (slot === undefined) return kept;
  const isGivenUp = outcome.outcome === 'timedOut';
  if (use.isOpen && connection) {
    if (!isGivenUp) return kept;
    const abandonedAt = Math.min(connection.abandonedAt ?? trip.deadline, trip.deadline);
    return { ...kept, [slot]: { ...connection, abandonedAt } };
  }
  const since = trip.arrives;
  const isMade = states.findLast((state) => state.since <= since)?.does === 'answers';
  const end = isMade ? (isGivenUp ? { abandonedAt: trip.deadline } : {}) : { abandonedAt: since };
  return { ...kept, [slot]: { endpoint, since, ...end } };
}
