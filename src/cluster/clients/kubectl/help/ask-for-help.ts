/** `kubectl help scale` is `kubectl scale --help`; what else is asked for help stays as it is. */
export function withHelpFlag<Word>(
  words: readonly Word[],
  textOf: (word: Word) => string,
  flag: Word,
): readonly Word[] {
  const [first, ...rest] = words;
  return first !== undefined && textOf(first) === 'help' ? [...rest, flag] : words;
}
