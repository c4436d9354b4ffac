import type { ArrivalEvent } from '../cluster/contract/arrival-event.ts';
import type { Millis } from '../kernel/time/millis.ts';

/** Something that has arrived in a log from outside, or will arrive when it is played again. */
export interface Arrival {
  readonly at: Millis;
  readonly event: ArrivalEvent;
}

/** Whoever asks something of the cluster from outside of the simulation, as the log names them. */
export const CLIENT = 'client';

/** At what the client looks when something arrives: in the order of the arrivals. */
export function arrivalKey(arrival: number): string {
  return String(arrival).padStart(9, '0');
}

/** The id of the command that a line is which has arrived. */
export function commandOfArrival(arrival: number): string {
  return `arrival-${arrival}`;
}
