import type { Millis } from '../../kernel/time/millis.ts';

/**
 * What an event recorder remembers of one object, so that repetitions are counted and floods are held back.
 */
export interface RecorderRow {
  /** Tokens of the spam filter, by the event's type, or under '' where all share one. */
  readonly buckets: Readonly<Record<string, TokenBucket>>;
  /** Distinct messages of late, by type and reason. */
  readonly similar: Readonly<Record<string, SimilarEvents>>;
  /** The Event objects written so far, by what makes two events the same. */
  readonly written: Readonly<Record<string, WrittenEvent>>;
}

export interface TokenBucket {
  readonly tokens: number;
  /** Since when the next token has been growing. */
  readonly at: Millis;
}

export interface SimilarEvents {
  readonly messages: readonly string[];
  readonly at: Millis;
}

export interface WrittenEvent {
  readonly name: string;
  readonly count: number;
  readonly firstAt: Millis;
  readonly lastAt?: Millis;
}
