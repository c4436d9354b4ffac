/** How many columns of a terminal a text takes: Hangul takes two cells. */
export function cellsOf(text: string): number {
  let cells = 0;
  for (const character of text) cells += /[\uac00-\ud7a3]/.test(character) ? 2 : 1;
  return cells;
}
