import type { ArrivalRow } from '../cluster/contract/arrival-event.ts';
import type { Component, Reaction, View, Wake } from '../cluster/contract/component.ts';
import type { Response } from '../cluster/contract/response.ts';
import type { Millis } from '../kernel/time/millis.ts';
import { type Arrival, arrivalKey, CLIENT, commandOfArrival } from './arrival.ts';
import { compileFault } from './language/faults.ts';
import { faultSchema } from './language/schema/fault-schema.ts';
import { typedFault } from './language/typed-fault.ts';
import { faultEvents } from './teller/fault-events.ts';

/** Is told what a request was answered with. Nothing that happens depends on it. */
export type Answered = (arrival: number, response: Response) => void;

/**
 * Lets arrivals in, one after another, and asks the API server what they ask, at the very instant at which
 * each arrived. Those of a live cluster come in from outside; those of a log are its plan. How many there
 * have been stands in the latest's row, so a fork anywhere goes on with the next.
 */
export function createArrivals(plan: readonly Arrival[], answered?: Answered): Component {
  return {
    name: CLIENT,
    readsStore: true,
    addresses: ({ rows }) => {
      const last = rows.row('arrivals', 'latest')?.arrival ?? 0;
      return [answerKey(last), arrivalKey(last + 1)].map((key) => ({ actor: CLIENT, key }));
    },
    concernedBy: ['RequestArrived', 'LineArrived', 'FaultArrived', 'FactsArrived'],
    concernsOf: ({ event }) =>
      'arrival' in event
        ? [answerKey(event.arrival), arrivalKey(event.arrival + 1)].map((key) => ({ actor: CLIENT, key }))
        : [],
    wake: (view, { key }, from) => wake(plan, { view, key, from }),
    *reconcile(view, { key }, now) {
      const latest = view.rows.row('arrivals', 'latest');
      if (latest && key === answerKey(latest.arrival)) {
        yield* answer(latest, { view, now, answered });
        return;
      }
      const next = plan[latest?.arrival ?? 0];
      if (next && next.at <= now) yield next.event;
    },
  };
}

/** At what it looks to have it answered: right after it, and before the next. */
function answerKey(arrival: number): string {
  return `${arrivalKey(arrival)}/answer`;
}

interface Asked {
  readonly view: View;
  readonly key: string;
  readonly from: Millis;
}

function wake(plan: readonly Arrival[], { view: { rows }, key, from }: Asked): Wake | undefined {
  const latest = rows.row('arrivals', 'latest');
  if (latest && key === answerKey(latest.arrival))
    return from > latest.at ? undefined : { at: latest.at, cause: rows.changedAt('arrivals', 'latest') };
  const last = latest?.arrival ?? 0;
  const next = key === arrivalKey(last + 1) ? plan[last] : undefined;
  return next && { at: Math.max(from, next.at), cause: null };
}

interface Answering {
  readonly view: View;
  readonly now: Millis;
  readonly answered: Answered | undefined;
}

function* answer(latest: ArrivalRow, { view, now, answered }: Answering): Reaction {
  const { arrival } = latest;
  if (latest.type === 'RequestArrived') {
    const response = yield latest.request;
    answered?.(arrival, response);
    return;
  }
  if (latest.type === 'FactsArrived') {
    yield* latest.facts;
    return;
  }
  const broken = latest.type === 'FaultArrived' ? faultSchema.parse(latest.fault) : typedFault(latest.line);
  if (broken) {
    yield* faultEvents(compileFault(broken), view, { at: now, step: -arrival });
    return;
  }
  if (latest.type === 'FaultArrived') return;
  const { line, on } = latest;
  yield { type: 'CommandTyped', command: commandOfArrival(arrival), line, ...(on !== undefined && { on }) };
}
