/** As much of 100 as a number is of the greatest; or as little (plugins/helper DefaultNormalizeScore). */
export function shareOfMost(raw: readonly number[], isReversed: boolean): readonly number[] {
  const most = greatest(raw);
  if (most === 0) return raw.map(() => (isReversed ? 100 : 0));
  return raw.map((value) => {
    const share = Math.floor((100 * value) / most);
    return isReversed ? 100 - share : share;
  });
}

/** The greatest of numbers, at least 0; a list may be longer than a call can have arguments. */
function greatest(values: readonly number[]): number {
  let most = 0;
  for (const value of values) if (value > most) most = value;
  return most;
}
