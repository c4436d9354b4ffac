import type { Millis } from '../../kernel/time/millis.ts';

/**
 * What an event recorder remembers of one object, so that repetitions are counted and floods are held back. A
 * row is one thing that it remembers: some objects have hundreds of events, and each says something new.
 */
export interface RecorderRow {
  /** Tokens of the spam filter, by the event's type, or under '' where all share one. */
  readonly bucket?: TokenBucket;
  /** Distinct messages of late, by type and reason. */
  readonly similar?: SimilarEvents;
  /** The Event object written, by what makes two events the same. */
  readonly written?: WrittenEvent;
  /** The name of the Event object that it made last. */
  readonly newest?: string;
}

/** The row of one thing that a recorder remembers. */
export function recorderRowKey(recorder: string, field: keyof RecorderRow, of = ''): string {
  return `${recorder} ${field} ${of}`;
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
