import type { Chance } from '../../../kernel/chance/draw.ts';
import type { Millis } from '../../../kernel/time/millis.ts';
import type { EndpointState } from '../../contract/traffic-rows.ts';
import { type Exchange, lateOnWay } from '../../world/late-on-way.ts';
import { gaveUp, type Outcome, type Trip } from './what-it-meets.ts';

/**
 * A trip on the way as it was when the request was sent: what was lost then is sent again on that same way.
 * Either when it arrives and how long the answer takes, or what becomes of it where that is too late.
 */
export function onWay(
  states: readonly EndpointState[],
  trip: Trip,
  { chance, ...exchange }: Exchange & { readonly chance: Chance },
): { readonly trip: Trip } | { readonly lost: Outcome } {
  const state = stateAt(states, trip.sent);
  if (!state?.way) return { trip };
  const { because, cause } = state.way;
  const late = lateOnWay(state.way, chance, exchange);
  const arrives = trip.arrives + late.thereMs;
  const back = trip.back + late.backMs;
  const isTooLate = arrives >= trip.deadline || arrives + back > trip.deadline;
  return isTooLate ? { lost: gaveUp(trip, { because, cause, state }) } : { trip: { ...trip, arrives, back } };
}

function stateAt(states: readonly EndpointState[], at: Millis): EndpointState | undefined {
  return states.findLast(({ since }) => since <= at);
}
