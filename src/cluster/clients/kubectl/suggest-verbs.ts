/**
 * Which of the names were perhaps meant: two letters off, or not written to their end (cobra:
 * SuggestionsFor).
 */
export function suggestVerbs(word: string, names: readonly string[]): readonly string[] {
  const typed = word.toLowerCase();
  return names.filter((name) => name.startsWith(typed) || levenshtein(typed, name) <= 2);
}

/** Insertions, deletions and replacements that lead from one word to the other. */
function levenshtein(from: string, to: string): number {
  let previous: readonly number[] = Array.from({ length: to.length + 1 }, (_letter, index) => index);
  for (const [row, letter] of [...from].entries()) {
    const current = [row + 1];
    for (let column = 1; column <= to.length; column += 1) {
      const change = (previous[column - 1] ?? 0) + (letter === to[column - 1] ? 0 : 1);
      current.push(Math.min((previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, change));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}
