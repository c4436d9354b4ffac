import type { Millis } from '../kernel/time/millis.ts';

/** Why something is so: the entry itself, and its causes from the nearest to the one that began it. */
export interface Reason {
  readonly of: Told;
  readonly causes: readonly Told[];
  /** The same for a person, a line each. */
  readonly text: string;
}

/** An entry of the log, as a person is told of it. */
export interface Told {
  readonly seq: number;
  /** Virtual milliseconds. */
  readonly at: Millis;
  /** The same as a person reads it: `01:02.114`. */
  readonly time: string;
  readonly actor: string;
  /** What kind of event it is, such as `ObjectUpdated`. */
  readonly type: string;
  readonly object?: { readonly kind: string; readonly namespace?: string; readonly name: string };
  /** In one line. */
  readonly what: string;
}
