import type { Event } from '../../cluster/contract/event.ts';
import type { Entry } from '../../kernel/log/entry.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import { readingMs } from '../../replay/pace.ts';
import { type StoryItem, storyOf } from '../../replay/story.ts';

/** A piece of the story, where and when it was, and for how long one reads it. */
export interface TimedItem {
  readonly item: StoryItem;
  /** The entry that tells it. */
  readonly seq: number;
  /** Virtual milliseconds. */
  readonly at: Millis;
  readonly readMs: number;
}

/** The story of a log, each piece with its time. */
export function* timedStory(entries: Iterable<Entry<Event>>): Generator<TimedItem, void, void> {
  let current: Entry<Event> | undefined;
  const noted = function* (): Generator<Entry<Event>, void, void> {
    for (const entry of entries) {
      current = entry;
      yield entry;
    }
  };
  // The story asks for no entry before it has told what the last one says.
  for (const item of storyOf(noted()))
    if (current) yield { item, seq: current.seq, at: current.at, readMs: readingMs([current]) };
}
