/** A run of lines that two texts have in common. */
export interface MatchingBlock {
  /** Where it begins, counted from 0. */
  readonly before: number;
  readonly after: number;
  readonly size: number;
}

/** In longer texts, lines that come again and again are no good sign that something matches. */
const POPULAR_FROM = 200;

/**
 * The runs of lines that two texts have in common, in their order: the longest first, then those on either
 * side of it (Python's difflib, whose Go port the API server uses; Ratcliff and Obershelp).
 */
export function matchLines(before: readonly string[], after: readonly string[]): readonly MatchingBlock[] {
  const places = placesOf(after);
  const blocks: MatchingBlock[] = [];
  const pending: Range[] = [{ from: 0, to: before.length, afterFrom: 0, afterTo: after.length }];
  for (let range = pending.pop(); range !== undefined; range = pending.pop()) {
    const block = longestMatch({ before, after, places }, range);
    if (block.size === 0) continue;
    blocks.push(block);
    pending.push({ ...range, to: block.before, afterTo: block.after });
    pending.push({ ...range, from: block.before + block.size, afterFrom: block.after + block.size });
  }
  return blocks.sort((a, b) => a.before - b.before);
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly afterFrom: number;
  readonly afterTo: number;
}

interface Texts {
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly places: ReadonlyMap<string, readonly number[]>;
}

/** Where each line of a text stands; popular lines are left out. */
function placesOf(lines: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  for (const [index, line] of lines.entries()) {
    const known = places.get(line);
    if (known === undefined) places.set(line, [index]);
    else known.push(index);
  }
  if (lines.length < POPULAR_FROM) return places;
  const most = Math.floor(lines.length / 100) + 1;
  return new Map([...places].filter(([, indexes]) => indexes.length <= most));
}

function longestMatch({ before, after, places }: Texts, range: Range): MatchingBlock {
  let best: MatchingBlock = { before: range.from, after: range.afterFrom, size: 0 };
  let endingAt = new Map<number, number>();
  for (let row = range.from; row < range.to; row += 1) {
    const next = new Map<number, number>();
    for (const column of places.get(before[row] ?? '') ?? []) {
      if (column < range.afterFrom || column >= range.afterTo) continue;
      const size = (endingAt.get(column - 1) ?? 0) + 1;
      next.set(column, size);
      if (size > best.size) best = { before: row - size + 1, after: column - size + 1, size };
    }
    endingAt = next;
  }
  return widened(before, after, best, range);
}

/** Popular lines beside a match belong to it. */
function widened(
  before: readonly string[],
  after: readonly string[],
  block: MatchingBlock,
  range: Range,
): MatchingBlock {
  let { before: row, after: column, size } = block;
  while (row > range.from && column > range.afterFrom && before[row - 1] === after[column - 1]) {
    row -= 1;
    column -= 1;
    size += 1;
  }
  const hasMore = (): boolean => row + size < range.to && column + size < range.afterTo;
  while (hasMore() && before[row + size] === after[column + size]) size += 1;
  return { before: row, after: column, size };
}
