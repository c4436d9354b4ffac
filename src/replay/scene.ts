import type { Localized } from '../cluster/contract/story-event.ts';
import { firstAbove } from '../kernel/table/first-above.ts';
import { type StoryItem, storyOf } from './story.ts';
import type { Timeline } from './timeline.ts';

/** The part of a story that one is in: what was told last, and all that was typed and printed since. */
export interface Scene {
  readonly title: Localized;
  /** 1-based number of the step that one is in; 0 before the first. */
  readonly step: number;
  /** How many steps the scenario has in all. */
  readonly steps: number;
  /** What is told; absent in a story without words. */
  readonly told?: Localized;
  readonly items: readonly StoryItem[];
}

/** The scene at a place of a timeline. */
export function sceneAt(timeline: Timeline, cursor: number): Scene {
  const { scenes, story, entries, steps } = timeline;
  const from = scenes[firstAbove(scenes, cursor) - 1] ?? 0;
  const inScene = story.slice(firstAbove(story, from - 1), firstAbove(story, cursor));
  const [first, ...rest] = storyOf(inScene.flatMap((seq) => entries.of(seq) ?? []));
  const opening = openingOf(timeline);
  const told = first?.kind === 'step' && first.told ? first.text : undefined;
  return {
    title: opening?.title ?? {},
    step: firstAbove(steps, cursor),
    steps: isTaken(timeline) ? steps.length : Math.max(stepsIn(timeline, opening?.steps ?? 0), steps.length),
    ...(told && { told }),
    items: told || first === undefined || first.kind === 'title' ? rest : [first, ...rest],
  };
}

/** Where somebody has taken the story over, there are as many steps as they have taken. */
function isTaken({ scenes, entries }: Timeline): boolean {
  return scenes.some((seq) => entries.of(seq)?.event.type === 'StoryHandedOver');
}

/** As many as the last branch says that the log came by, or the story itself. */
function stepsIn({ branches, entries }: Timeline, ofStory: number): number {
  const event = entries.of(branches.at(-1) ?? 0)?.event;
  return event?.type === 'BranchBegan' ? (event.steps ?? ofStory) : ofStory;
}

/** The languages that a story is told in, in order. */
export function languagesOf(timeline: Timeline): readonly string[] {
  const { scenes, entries } = timeline;
  const event = entries.of(scenes[0] ?? 0)?.event;
  const texts = event?.type === 'StepBegan' ? event.text : (openingOf(timeline)?.title ?? {});
  return Object.keys(texts).sort();
}

function openingOf({ story, entries }: Timeline): Extract<StoryItem, { kind: 'title' }> | undefined {
  const [item] = storyOf(entries.between(story[0] ?? 1, story[0] ?? 0));
  return item?.kind === 'title' ? item : undefined;
}
