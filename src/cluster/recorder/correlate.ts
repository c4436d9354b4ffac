import { MINUTE, type Millis } from '../../kernel/time/millis.ts';
import type { View } from '../contract/component.ts';
import {
  type RecorderRow,
  recorderRowKey,
  type SimilarEvents,
  type TokenBucket,
  type WrittenEvent,
} from '../contract/recorder-row.ts';
import { inVersion, type Since } from '../objects/versions.ts';

/** client-go: events_cache.go. */
const SPAM_BURST = 25;
const SPAM_REFILL_MS = 5 * MINUTE;
const DISTINCT_MESSAGES_MAX = 10;
const SIMILAR_FOR_MS = 10 * MINUTE;
const COMBINED = '(combined from similar events): ';

/** client-go: events_cache.go getSpamKey. Recorded in 1.20 (one bucket an object) and 1.36 (one a type). */
const BUCKET_BY_TYPE: Since<boolean> = [
  [20, false],
  [36, true],
];

interface NewEvent {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  /** What two events that are the same have in common. */
  readonly identity: string;
  readonly newName: string;
  readonly now: Millis;
}

interface Correlation {
  /** What the recorder remembers from now on. */
  readonly memory: {
    readonly bucket: TokenBucket & { readonly of: string };
    readonly similar: SimilarEvents & { readonly of: string };
    readonly written: WrittenEvent & { readonly of: string };
  };
  readonly message: string;
  /** The object has had too many events: this one is counted and not sent. */
  readonly isHeldBack: boolean;
}

/** What becomes of an event: counted with the same, combined with the similar, held back in a flood. */
export function correlate(view: View, recorder: string, event: NewEvent): Correlation {
  const recall = (field: keyof RecorderRow, of: string): RecorderRow | undefined =>
    view.rows.row('recorders', recorderRowKey(recorder, field, of));
  const { now } = event;
  const like = `${event.type}/${event.reason}`;
  const similar = similarTo(recall('similar', like)?.similar, like, event);
  const isCombined = similar.messages.length >= DISTINCT_MESSAGES_MAX;
  // The set of messages is not to grow: one goes for the next to come.
  const messages = isCombined ? similar.messages.slice(1) : similar.messages;
  const identity = isCombined ? similar.of : event.identity;
  const before = recall('written', identity)?.written;
  const written = before
    ? { of: identity, name: before.name, count: before.count + 1, firstAt: before.firstAt }
    : { of: identity, name: event.newName, count: 1, firstAt: now };
  const of = inVersion(BUCKET_BY_TYPE, view.settings.version) ? event.type : '';
  const bucket = refilled(recall('bucket', of)?.bucket, now);
  const isHeldBack = bucket.tokens === 0;
  return {
    memory: {
      bucket: { of, tokens: isHeldBack ? 0 : bucket.tokens - 1, at: bucket.at },
      similar: { of: similar.of, messages, at: now },
      written,
    },
    message: isCombined ? COMBINED + event.message : event.message,
    isHeldBack,
  };
}

function similarTo(
  known: SimilarEvents | undefined,
  of: string,
  { identity, now }: NewEvent,
): SimilarEvents & { of: string } {
  const messages = known && now - known.at <= SIMILAR_FOR_MS ? known.messages : [];
  return { of, messages: messages.includes(identity) ? messages : [...messages, identity], at: now };
}

/** Whole tokens, and since when the next one has been growing. */
function refilled(bucket: TokenBucket | undefined, now: Millis): TokenBucket {
  if (!bucket) return { tokens: SPAM_BURST, at: now };
  const grown = Math.floor((now - bucket.at) / SPAM_REFILL_MS);
  const tokens = bucket.tokens + grown;
  if (tokens >= SPAM_BURST) return { tokens: SPAM_BURST, at: now };
  return { tokens, at: bucket.at + grown * SPAM_REFILL_MS };
}
