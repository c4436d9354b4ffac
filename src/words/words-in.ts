import { ENGLISH } from './english.ts';
import { KOREAN } from './korean.ts';
import type { Words } from './words.ts';

/** In the reader's language, or in English. */
export function wordsIn(language: string): Words {
  return language.startsWith('ko') ? KOREAN : ENGLISH;
}
