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
import { SYN_TRIES_MS } from '../../world/syn-tries.ts';
import { connectionFor } from './connection-for.ts';
import { endOfConnection } from './end-of-connection.ts';
import { allowed } from './forwarded.ts';
import { onWay } from './on-way.ts';
import type { Sending } from './sending.ts';
import { gaveUp, inTime, type Outcome, type Trip, whatItMeets } from './what-it-meets.ts';

/** What becomes of one request, and when its client knows. */
export interface Fate extends Outcome {
  /** The connections that the client keeps open afterwards. */
  readonly kept: TrafficRow['kept'];
  readonly endpoint?: string;
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
function tried(sending: Sending, index: number, asked: Trip): Fate | undefined {
  const { row, kept } = sending;
  const route = routeAt(row, asked.sent);
  if (!route || route.to.kind === 'silent') return undefined;
  const { to, cause } = route;
  const use = connectionFor(sending, { index, sent: asked.sent, to, back: asked.back });
  if (use === undefined) {
    if (to.kind === 'endpoints') throw new Error(`a service without endpoints refuses: ${row.client}`);
    return to.kind === 'timedOut' ? undefined : { ...unsent(asked, to, cause), kept };
  }
  if (dropAt(use, to)) return undefined;
  const { endpoint, isOpen } = use;
  const states = row.endpoints[endpoint] ?? [];
  const identity = ['traffic', row.client, index];
  const way = onWay(states, asked, { chance: sending.settings, identity, isOpen });
  if ('lost' in way) return { ...way.lost, endpoint, kept };
  const { trip } = way;
  const end = isOpen && use.connection ? endOfConnection(states, use.connection) : undefined;
  const outcome =
    trip.arrives >= trip.deadline
      ? gaveUp(trip, { because: TOO_FAR, cause })
      : end && end.since <= trip.arrives
        ? afterTheEnd(trip, end)
        : inTime(whatItMeets(states, trip, cause), trip);
  const { after, allowance } =
    outcome.state?.does === 'forwards'
      ? allowed(sending, { index, endpoint, trip, outcome })
      : { after: outcome, allowance: undefined };
  const keptThen = keptAfter({ use, outcome: after, trip, states });
  return { ...after, endpoint, kept: allowance ? { ...keptThen, ...allowance } : keptThen };
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
  const does = states.findLast((state) => state.since <= since)?.does;
  const isMade = does === 'answers' || does === 'forwards';
  const end = isMade ? (isGivenUp ? { abandonedAt: trip.deadline } : {}) : { abandonedAt: since };
  return { ...kept, [slot]: { endpoint, since, ...end } };
}
