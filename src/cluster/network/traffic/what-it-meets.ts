import type { Millis } from '../../../kernel/time/millis.ts';
import type { EndpointState, Loss } from '../../contract/traffic-rows.ts';
import { delayAt } from '../../world/delay-at.ts';
import { SYN_TRIES_MS } from '../../world/syn-tries.ts';

export interface Outcome {
  readonly at: Millis;
  readonly outcome: 'answered' | Loss;
  readonly because: string;
  readonly cause: number | null;
  /** What it met. */
  readonly state?: EndpointState;
}

/** A request on its way. */
export interface Trip {
  readonly sent: Millis;
  readonly arrives: Millis;
  /** How long the answer needs for its way. */
  readonly back: Millis;
  /** When the client gives up. */
  readonly deadline: Millis;
}

export function whatItMeets(
  states: readonly EndpointState[],
  trip: Trip,
  routeCause: number | null,
): Outcome {
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
    case 'forwards':
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
  const ready = trip.arrives + (state ? delayAt(state, trip.arrives) : 0);
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

export function inTime(outcome: Outcome, trip: Trip): Outcome {
  if (outcome.at <= trip.deadline) return outcome;
  const { cause, state } = outcome;
  return gaveUp(trip, {
    because:
      state?.growsBy === undefined
        ? 'the answer takes longer than the client waits'
        : 'more is asked of it than its processors can do',
    cause,
    ...(state && { state }),
  });
}

/** Where nobody has the address, the network may say so before the client gives up. */
export function silence(trip: Trip, state: EndpointState, since: Millis): Outcome {
  const at = since + ((state.does === 'hangs' ? state.delayMs : undefined) ?? Number.POSITIVE_INFINITY);
  const { because, cause } = state;
  return at < trip.deadline
    ? { at, outcome: 'unreachable', because, cause, state }
    : gaveUp(trip, { because, cause, state });
}

export function gaveUp(trip: Trip, why: Pick<Outcome, 'because' | 'cause' | 'state'>): Outcome {
  return { at: trip.deadline, outcome: 'timedOut', ...why };
}
