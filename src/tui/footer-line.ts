import stringWidth from 'string-width';
import type { Localized } from '../cluster/contract/story-event.ts';
import { inLanguage } from '../replay/story.ts';
import { BINDINGS } from './keymap.ts';

/** Where the reader is: other keys matter there. */
export type Place = 'story' | 'answer' | 'object';

interface Hint {
  readonly keys: string;
  readonly brief: Localized;
  /** The higher, the sooner it is left out where it is narrow. */
  readonly rank: number;
}

/** The keys that one needs most, as many as fit; the others can be looked up. */
export function footerLine(language: string, width: number, place: Place = 'story'): string {
  const hints = HINTS[place].slice();
  const line = (): string =>
    ` ${hints.map(({ keys, brief }) => `${keys} ${inLanguage(brief, language)}`).join('  ')}`;
  while (stringWidth(line()) > width && hints.length > 3) {
    const rank = Math.max(...hints.map((hint) => hint.rank));
    hints.splice(
      hints.findLastIndex((hint) => hint.rank === rank),
      1,
    );
  }
  return line();
}

const OBJECT_HINTS: readonly Hint[] = [
  { keys: 'esc', brief: { en: 'back', ko: '뒤로' }, rank: 0 },
  { keys: '↑ ↓', brief: { en: 'scroll', ko: '넘기기' }, rank: 1 },
  { keys: 'n N', brief: { en: 'its changes', ko: '바뀐 때' }, rank: 1 },
  { keys: ', .', brief: { en: 'entry', ko: '기록' }, rank: 2 },
  { keys: '[ ]', brief: { en: 'step', ko: '단계' }, rank: 2 },
  { keys: 'y d H', brief: { en: 'object', ko: '오브젝트' }, rank: 3 },
  { keys: '?', brief: { en: 'help', ko: '도움말' }, rank: 0 },
  { keys: 'q', brief: { en: 'quit', ko: '끝' }, rank: 0 },
];

const HINTS: Readonly<Record<Place, readonly Hint[]>> = {
  story: BINDINGS.flatMap(({ keys, brief, rank = 0 }) => (brief ? [{ keys, brief, rank }] : [])),
  // What is about no object has no changes to go through.
  answer: OBJECT_HINTS.filter(({ keys }) => keys !== 'n N'),
  object: OBJECT_HINTS,
};
