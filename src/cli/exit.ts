/** What a command of this program ends with. */
export const EXIT = {
  ok: 0,
  /** An expectation was missed. */
  missed: 1,
  /** The command line, a scenario or a log is not good, or a file can't be read or written. */
  badInput: 2,
  /** The program itself is at fault. */
  bug: 70,
} as const;

/**
 * A command that can't go on because of what it was given. The message is for a person, and says what to do.
 */
export class BadInput extends Error {
  override readonly name = 'BadInput';
}
