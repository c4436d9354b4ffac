import type { Millis } from '../../kernel/time/millis.ts';

/** What a controller keeps in mind of one of its keys, that the objects themselves do not tell. */
export interface ControllerRow {
  readonly actor: string;
  readonly key: string;
  /** When it will look again, having put it off (client-go: `AddAfter`). */
  readonly lookAt?: Millis;
  /** Failures in a row, and when the last of them was, in milliseconds since 1970. */
  readonly failures?: number;
  readonly failedAt?: number;
  /** Whether it counts what the key names among those that are there. */
  readonly isKnown?: boolean;
}

/** The rows of a controller's keys are told apart by the controller, too. */
export function controllerRowKey(actor: string, key: string): string {
  return `${actor} ${key}`;
}

/** What controllers note down. */
export type ControllerEvent =
  | {
      readonly type: 'LookPutOff';
      readonly actor: string;
      /** The key of the controller's that it is about. */
      readonly about: string;
      readonly until: Millis;
    }
  | {
      readonly type: 'FailuresCounted';
      readonly actor: string;
      /** The key of the controller's that it is about. */
      readonly about: string;
      readonly failures: number;
      /** Milliseconds since 1970; absent when there are none. */
      readonly failedAt?: number;
    }
  | {
      readonly type: 'PresenceNoted';
      readonly actor: string;
      readonly about: string;
      readonly isKnown: boolean;
    };
