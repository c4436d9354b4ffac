import type { Line } from './line.ts';
import type { StoryLine } from './story-lines.ts';

/** Lines of a story as they are shown: code among what is told is coloured in place of its backticks. */
export function shownStory(lines: readonly StoryLine[], colours: boolean): readonly Line[] {
  return lines.map(({ tone, text }): Line => {
    if (tone !== 'told' || !colours) return [{ text, tone }];
    return text.split('`').map((part, index) => ({ text: part, tone: index % 2 === 1 ? 'code' : tone }));
  });
}
