/** Index of the first item above a limit, in a list that ascends by what `numberOf` reads off it. */
export function firstAbove<Item>(
  sorted: readonly Item[],
  limit: number,
  numberOf: (item: Item) => number = Number,
): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numberOf(sorted[middle] as Item) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
