/**
 * Sets of completion indexes, in order, as Jobs write them: `0,2-4` (indexed_job_utils.go orderedIntervals).
 */
export type Indexes = readonly number[];

/** What is no number, or not below `completions`, is left out. */
export function parseIndexes(text: string | undefined, completions: number): Indexes {
  const found: number[] = [];
  for (const interval of (text ?? '').split(',')) {
    const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(interval) ?? [];
    const end = Math.min(Number(last), completions - 1);
    for (let index = Number(first); index <= end; index++) found.push(index);
  }
  return found;
}

/** Two neighbours are `3,4`; only three make an interval. */
export function formatIndexes(indexes: Indexes): string {
  const parts: string[] = [];
  for (let start = 0; start < indexes.length; ) {
    let end = start;
    while (indexes[end + 1] === (indexes[end] ?? 0) + 1) end++;
    const [first, last] = [indexes[start], indexes[end]];
    if (end === start) parts.push(String(first));
    else parts.push(end === start + 1 ? `${first},${last}` : `${first}-${last}`);
    start = end + 1;
  }
  return parts.join(',');
}

export function unionOf(...sets: readonly Iterable<number>[]): Indexes {
  return [...new Set(sets.flatMap((set) => [...set]))].sort((a, b) => a - b);
}

/** The lowest indexes that are not taken. */
export function lowestFree(taken: Indexes, completions: number, count: number): Indexes {
  const isTaken = new Set(taken);
  const free: number[] = [];
  for (let index = 0; index < completions && free.length < count; index++) {
    if (!isTaken.has(index)) free.push(index);
  }
  return free;
}
