import type { Words } from '../words/words.ts';
import { wordsIn } from '../words/words-in.ts';

/** What a command of this program ends with. */
export const EXIT = {
  ok: 0,
  /** An expectation was missed, or what was compared differs. */
  missed: 1,
  /** The command line, a scenario or a log is not good, or a file can't be read or written. */
  badInput: 2,
  /** The program itself is at fault. */
  bug: 70,
} as const;

/**
 * A command that can't go on because of what it was given. What it says is for a person, in the reader's
 * language where it is given as a function of that, and says what to do.
 */
export class BadInput extends Error {
  override readonly name = 'BadInput';
  readonly inWords: (words: Words) => string;

  constructor(message: string | ((words: Words) => string)) {
    const inWords = typeof message === 'string' ? () => message : message;
    super(inWords(wordsIn('en')));
    this.inWords = inWords;
  }
}
