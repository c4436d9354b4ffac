import type { Millis } from '../time/millis.ts';

/**
 * One fact in the log: what happened, when, by whom, while looking at what, and because of which earlier
 * entry.
 */
export interface Entry<Event> {
  /** 1-based, without gaps. */
  readonly seq: number;
  /** Virtual milliseconds since the scenario's epoch; never less than the entry before. */
  readonly at: Millis;
  readonly actor: string;
  /**
   * What the actor was looking at; with `at` and `actor` it is the place of the work in the order of all
   * work.
   */
  readonly key: string;
  /** seq of the entry the actor was reacting to; null only for clients, the clock and injected faults. */
  readonly cause: number | null;
  readonly event: Event;
  /** More entries of the same commit follow. A log is forked between commits, never inside one. */
  readonly more?: true;
}

/** What is known of an entry of which only the beginning and the end have been read. */
export type EntryHead = Pick<Entry<unknown>, 'seq' | 'at' | 'actor' | 'cause' | 'more'>;
