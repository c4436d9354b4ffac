import { ENGLISH_ENTRIES } from './english-entries.ts';
import type { EntryWords } from './entry-words.ts';
import { KOREAN_ENTRIES } from './korean-entries.ts';

/** In the reader's language, or in English. */
export function entryWordsIn(language: string): EntryWords {
  return language.startsWith('ko') ? KOREAN_ENTRIES : ENGLISH_ENTRIES;
}
