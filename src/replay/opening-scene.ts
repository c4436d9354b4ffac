import type { Event } from '../cluster/contract/event.ts';
import type { Scene } from './scene.ts';
import { type StoryItem, storyOf } from './story.ts';

/**
 * The first scene of a story as far as its first events tell it: the title, what is told at the first step,
 * and what is typed there. Undefined when they open no story.
 */
export function openingScene(events: Iterable<Event>): Scene | undefined {
  const items = [...itemsOf(events)];
  const opening = items.find((item) => item.kind === 'title');
  if (opening === undefined) return undefined;
  const step = items.find((item) => item.kind === 'step');
  return {
    title: opening.title,
    step: step?.step ?? 0,
    steps: opening.steps,
    ...(step?.told && { told: step.text }),
    items: items.filter((item) => item.kind === 'command'),
  };
}

/** Up to the second step. */
function* itemsOf(events: Iterable<Event>): Generator<StoryItem> {
  for (const event of events) {
    if (event.type === 'StepBegan' && event.step > 1) return;
    yield* storyOf([{ seq: 0, at: 0, actor: '', key: '', cause: null, event }]);
  }
}
