import type { World } from '../cluster/world/world.ts';
import type { Millis } from '../kernel/time/millis.ts';
import { type Answer, askKubectl } from '../report/ask-kubectl.ts';
import { printable } from '../report/printable.ts';
import { wrapped } from './story-lines.ts';
import type { Tone } from './tones.ts';
import type { ScreenWords } from './words.ts';

export interface AnswerLine {
  readonly text: string;
  readonly tone: Tone;
}

interface Asked {
  readonly line: string;
  readonly world: World;
  /** The world at the place before: what it did not say has changed since. */
  readonly before: World;
  readonly now: Millis;
  readonly width: number;
  readonly words: ScreenWords;
}

/** What a line answers in a world, set to a width. */
export function answerLines({ line, world, before, now, width, words }: Asked): readonly AnswerLine[] {
  const answer = askKubectl(world, line, now);
  if ('refusal' in answer) {
    const lines = wrapped(printable(answer.refusal), width - 3);
    return lines.map((text, index) => ({ text: ` ${index === 0 ? '!' : ' '} ${text}`, tone: 'warning' }));
  }
  const known = new Set(linesOf(askKubectl(before, line, now)).map(unaligned));
  const lines = linesOf(answer).flatMap((text): AnswerLine[] => {
    const isNew = known.size > 0 && !known.has(unaligned(text));
    const tone: Tone = isNew ? 'strong' : 'plain';
    return wrapped(text, width - 2).map((part, index) => ({
      text: `${isNew && index === 0 ? '▸' : ' '} ${part}`,
      tone,
    }));
  });
  if (lines.length === 0) lines.push({ text: `  ${words.noAnswer}`, tone: 'faint' });
  if ('goesOn' in answer) lines.push({ text: `  ${words.goesOn}`, tone: 'faint' });
  return lines;
}

/** Columns move when another row grows: that is no change of this one. */
function unaligned(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

function linesOf(answer: Answer): readonly string[] {
  if (!('text' in answer)) return [];
  const text = printable(answer.text).replace(/\n+$/, '');
  return text === '' ? [] : text.split('\n');
}
