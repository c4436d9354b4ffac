import { ENGLISH_SCREEN } from './english-screen.ts';
import { KOREAN_SCREEN } from './korean-screen.ts';
import type { ScreenWords } from './screen-words.ts';

/** In the reader's language, or in English. */
export function screenWordsIn(language: string): ScreenWords {
  return language.startsWith('ko') ? KOREAN_SCREEN : ENGLISH_SCREEN;
}
