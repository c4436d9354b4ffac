import type { Key } from 'ink';
import { openQuestion } from '../replay/quiz.ts';
import { inLanguage } from '../replay/story.ts';
import type { Pressed, Standing } from './standing.ts';
import { focusOf } from './view.ts';

/** What a key does for whoever stands at a question; undefined for those that mean what they always mean. */
export function answerKey([input, key]: readonly [string, Key], standing: Standing): Pressed | undefined {
  const { view, travels, timeline, player } = standing;
  const asked = openQuestion(timeline, travels.answers ?? {}, player.cursor);
  if (!asked || key.ctrl || key.meta || focusOf(view) !== 'story') return undefined;
  const { choices = [], ask } = asked.question;
  if (key.escape) return { view, command: { to: 'player', command: { type: 'answer' } } };
  if (choices.length > 0) {
    const isChoice = /^[1-9]$/.test(input) && Number(input) <= choices.length;
    return isChoice
      ? { view, command: { to: 'player', command: { type: 'answer', given: input } } }
      : undefined;
  }
  if (!key.return) return undefined;
  return { view: { ...view, prompt: { kind: 'answer', text: '', about: inLanguage(ask, view.language) } } };
}
