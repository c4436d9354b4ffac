import type { Millis } from '../../../../kernel/time/millis.ts';
import type { NetworkAnswer, NetworkRequest } from '../../../contract/network-request.ts';
import type { Machine } from '../machine/machine.ts';

/** The answer to a connection, and how long it takes. */
export interface Reply {
  readonly answer: NetworkAnswer;
  readonly afterMs: Millis;
}

export interface Incoming {
  readonly port: number;
  readonly request: NetworkRequest;
  readonly client: string;
}

export const addressOf = (machine: Machine): string => machine.host.ip ?? '127.0.0.1';

export const at = (answer: NetworkAnswer, afterMs: Millis = 0): Reply => ({ answer, afterMs });
