import { inLanguage } from '../../replay/story.ts';
import type { Timeline } from '../../replay/timeline.ts';
import { screenWordsIn } from '../../words/screen-words-in.ts';
import { wordsIn } from '../../words/words-in.ts';
import { lanesSvg } from './lanes-svg.ts';
import { autoscalingPanels } from './plots/autoscaling-panels.ts';
import { availabilityPanels } from './plots/availability-panels.ts';
import { panelsSvg } from './plots/panels-svg.ts';
import { requestPanels } from './plots/request-panels.ts';
import type { Theme } from './theme.ts';

/** Pictures of a whole run, with time from left to right. */
export const RUN_PICTURES = ['lanes', 'availability', 'requests', 'autoscaling'] as const;
export type RunPicture = (typeof RUN_PICTURES)[number];

export interface Picturing {
  readonly language: string;
  readonly theme: Theme;
  /** What is played, where the story has no title. */
  readonly name: string;
}

/** What a picture shows, as its title says. */
export function pictureTitle(picture: RunPicture, language: string): string {
  const { pods, plots } = wordsIn(language).record;
  return picture === 'lanes' ? pods : plots[picture];
}

/** A picture of a run as SVG; undefined where the run has nothing of what it would show. */
export function runPicture(
  timeline: Timeline,
  picture: RunPicture,
  { language, theme, name }: Picturing,
): string | undefined {
  const { record } = wordsIn(language);
  const title = `${titleOf(timeline, language) || name}: ${pictureTitle(picture, language)}`;
  if (picture === 'lanes')
    return lanesSvg(timeline, {
      title,
      theme,
      words: { ...record, states: screenWordsIn(language).laneStates },
    });
  const panels = PANELS[picture](timeline, record);
  if (panels.length === 0) return undefined;
  const names = [...new Set(panels.map((panel) => panel.title))];
  return panelsSvg(timeline, panels, { title, theme, desc: record.plots.desc(names, timeline.steps.length) });
}

const PANELS = { availability: availabilityPanels, requests: requestPanels, autoscaling: autoscalingPanels };

/** What the story of a log is called; empty where it has no title. */
export function titleOf({ story, entries }: Timeline, language: string): string {
  const event = entries.of(story[0] ?? 0)?.event;
  return event?.type === 'ScenarioOpened' ? inLanguage(event.title, language) : '';
}
