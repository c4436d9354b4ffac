import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import type { Millis } from '../kernel/time/millis.ts';

/** A cluster that goes on, and how far whoever looks at it has been told of it. */
export interface Attending {
  readonly source: LiveSource;
  /** seq of the last entry that there was when somebody was told of it. */
  readonly edge: { current: number };
}

/** A cluster that goes on while it is looked at, and that others change meanwhile. */
export interface LiveSource {
  /** Its log so far, whole commits. */
  readonly entries: readonly Entry<Event>[];
  /** Tells after each commit. Returns how to be told no more. */
  subscribe(heard: () => void): () => void;
  /** The virtual instant at which it stands. */
  now(): Millis;
  /** Nothing else moves its clock: whoever looks at it does, by playing on from where it stands. */
  isMoved(): boolean;
  /** Goes on to an instant, or as far towards it as it comes in so many milliseconds of the wall. */
  advance(until: Millis, patienceMs: number): void;
  /** Goes on to an instant, however long it takes. */
  go(until: Millis): void;
  /** Does the next piece of work, if there is any until an instant. */
  step(until: Millis): boolean;
  /** A line for the cluster's shell, or one that breaks something. */
  type(line: string): void;
}
