/** What a group of processes wants of a machine's processors, and what it may have. */
export interface Claim {
  readonly wanted: number;
  /** Its limit. */
  readonly most: number;
  /** Against others, where there is not enough for all. */
  readonly weight: number;
}

/**
 * Processors that each gets: what it wants, up to its limit; where that is more than there is, as the weights
 * have it, and what one leaves goes to the others (Linux: CFS).
 */
export function shareCpus(claims: readonly Claim[], capacity: number): readonly number[] {
  const wants = claims.map(({ wanted, most }) => Math.min(wanted, most));
  const sum = wants.reduce((total, want) => total + want, 0);
  if (sum <= capacity) return wants;
  const granted = claims.map(() => 0);
  let open = claims.map((_, index) => index);
  let left = capacity;
  while (open.length > 0) {
    const weights = open.reduce((total, index) => total + (claims[index]?.weight ?? 0), 0);
    const fair = (index: number): number => (left * (claims[index]?.weight ?? 0)) / weights;
    const content = open.filter((index) => (wants[index] ?? 0) <= fair(index));
    if (content.length === 0) {
      for (const index of open) granted[index] = fair(index);
      return granted;
    }
    for (const index of content) granted[index] = wants[index] ?? 0;
    left -= content.reduce((total, index) => total + (wants[index] ?? 0), 0);
    open = open.filter((index) => !content.includes(index));
  }
  return granted;
}
