import type { Millis } from '../../kernel/time/millis.ts';
import type { JsonObject } from '../objects/json.ts';
import type { MachineEvent } from './machine-event.ts';
import type { Request } from './request.ts';

/** Something that somebody outside of the simulation wants of the cluster: what begins a chain of causes. */
export type ArrivalEvent =
  /** A request to the API server. */
  | ({ readonly type: 'RequestArrived'; readonly request: Request } & Arriving)
  /** A line for the shell, or one that breaks something: `stop kubelet node-2`. */
  | ({ readonly type: 'LineArrived'; readonly line: string; readonly on?: string } & Arriving)
  /** Something breaks, or is mended, as a step `fault` of a scenario says it. */
  | ({ readonly type: 'FaultArrived'; readonly fault: JsonObject } & Arriving)
  /** What a client does to a machine, past the API server or after that has let it: `exec`, a connection. */
  | ({ readonly type: 'FactsArrived'; readonly facts: readonly MachineEvent[] } & Arriving);

interface Arriving {
  /** 1-based, in the order in which they came. */
  readonly arrival: number;
  /** Who asks, as it calls itself: `kubectl`, `my-controller`. */
  readonly client: string;
  /** What it was told to do, where it says so: `kubectl apply`. */
  readonly command?: string;
  /** Requests of one and the same run of a program have the same number, where it says so. */
  readonly session?: number;
}

/** What has arrived last, which is answered at that very instant. */
export type ArrivalRow = ArrivalEvent & { readonly at: Millis };
