import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import type { Millis } from '../kernel/time/millis.ts';
import { type Typed, YOU } from '../scenario/typed-line.ts';
import type { Timeline } from './timeline.ts';

/**
 * What was typed in a log by whoever has taken the story over, up to an entry. With the first line the story
 * was taken over, a moment before.
 */
export function typedIn({ story, entries }: Timeline, upTo: number): readonly Typed[] {
  let taken: Millis | undefined;
  return story.flatMap((seq): readonly Typed[] => {
    const entry = seq <= upTo ? entries.of(seq) : undefined;
    if (entry?.event.type === 'StoryHandedOver') taken = entry.at;
    if (!entry || !isTypedByYou(entry)) return [];
    const at = taken ?? entry.at;
    taken = undefined;
    return [{ line: entry.event.text['en'] ?? '', at }];
  });
}

type TypedEntry = Entry<Event> & { readonly event: Extract<Event, { type: 'StepBegan' }> };

function isTypedByYou(entry: Entry<Event>): entry is TypedEntry {
  return entry.actor === YOU && entry.event.type === 'StepBegan';
}
