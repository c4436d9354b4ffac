import { type EndpointState, type TrafficRow, upstreamKey } from '../../contract/traffic-rows.ts';
import { isWithinLimit } from '../web/limit.ts';
import { askUpstreams, type Meeting, type Met } from './ask-upstreams.ts';
import { onWay } from './on-way.ts';
import type { Sending } from './sending.ts';
import { inTime, type Outcome, silence, type Trip, whatItMeets } from './what-it-meets.ts';

interface Forwarding {
  readonly index: number;
  readonly endpoint: string;
  readonly trip: Trip;
  /** As if the proxy answered at once. */
  readonly outcome: Outcome;
}

/** A proxy may let only so many in: how many have been is kept beside the connections. */
export function allowed(
  sending: Sending,
  forwarding: Forwarding,
): { readonly after: Outcome; readonly allowance: TrafficRow['kept'] | undefined } {
  const { endpoint, trip, outcome } = forwarding;
  const { state } = outcome;
  const limit = state?.plan?.limit;
  if (!state || !limit) return { after: forwardedOn(sending, forwarding), allowance: undefined };
  const slot = `limit ${endpoint}`;
  const known = sending.kept[slot];
  const before = known && { excess: known.excess ?? 0, at: known.since };
  const { isIn, used } = isWithinLimit(limit, before, trip.arrives);
  const allowance = { [slot]: { endpoint, since: used.at, excess: used.excess } };
  const after = isIn
    ? forwardedOn(sending, forwarding)
    : { ...outcome, state: { ...ownAnswer(state), status: 503 } };
  return { after, allowance };
}

/** What a reverse proxy that took the request makes of it, which it goes on to ask others about. */
function forwardedOn(sending: Sending, { index, endpoint, trip, outcome }: Forwarding): Outcome {
  const { row, settings } = sending;
  const state = outcome.state;
  if (!state?.plan || outcome.outcome !== 'answered') return outcome;
  const meet = (upstream: string, { at, deadline }: Meeting): Met => {
    const states = row.endpoints[upstreamKey(endpoint, upstream)] ?? [];
    const asked = { ...trip, sent: at, arrives: at + trip.back, deadline };
    const identity = ['upstream', row.client, index, upstream, at];
    const way = onWay(states, asked, { chance: settings, identity, isOpen: false });
    if ('lost' in way) return { ...way.lost, does: way.lost.state };
    const there = way.trip;
    const met = inTime(whatItMeets(states, there, outcome.cause), there);
    return { ...met, does: states.findLast(({ since }) => since <= there.arrives) };
  };
  const found = askUpstreams({ row, settings, index, plan: state.plan, at: trip.arrives, meet });
  const status = found.status;
  const seen = status === undefined ? found.state : { ...ownAnswer(state), status };
  const at = found.at + trip.back;
  const told = { ...outcome, at, ...(seen && { state: seen }), cause: seen?.cause ?? outcome.cause };
  return inTime(whileItWaits(row.endpoints[endpoint] ?? [], { told, trip }), trip);
}

/** The proxy's own page, which is of no version. */
function ownAnswer({ version: _, plan: __, ...state }: EndpointState): EndpointState {
  return { ...state, does: 'answers' };
}

/** Whether the proxy is there still when the answer comes. */
function whileItWaits(
  states: readonly EndpointState[],
  { told, trip }: { readonly told: Outcome; readonly trip: Trip },
): Outcome {
  for (const later of states) {
    if (later.since <= trip.arrives || later.since > told.at - trip.back) continue;
    if (later.underWay === 'hangs') return silence(trip, later, later.since);
    if (later.underWay === 'is reset')
      return {
        at: later.since + trip.back,
        outcome: 'reset',
        because: later.because,
        cause: later.cause,
        state: later,
      };
  }
  return told;
}
