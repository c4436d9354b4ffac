/** Which lines of two texts are not common to both. */
export interface ChangedLines {
  readonly before: readonly boolean[];
  readonly after: readonly boolean[];
}

/** Pairs of lines that are compared at most; texts beyond are taken as different from end to end. */
const PAIRS_MAX = 9_000_000;

/**
 * The smallest change that makes one text of another, as GNU's diff settles what is open (diffutils:
 * analyze.c).
 */
export function changedLines(before: readonly string[], after: readonly string[]): ChangedLines {
  const head = commonHead(before, after);
  const tail = commonTail(before, after, head);
  const [from, to] = [before.slice(head, before.length - tail), after.slice(head, after.length - tail)];
  const isCommon = commonLines(from, to);
  const changed = (count: number, common: ReadonlySet<number>) =>
    Array.from(
      { length: count },
      (_line, index) => index >= head && index < count - tail && !common.has(index - head),
    );
  const result = {
    before: changed(before.length, isCommon.before),
    after: changed(after.length, isCommon.after),
  };
  settleRuns(before, result.before, result.after);
  settleRuns(after, result.after, result.before);
  return result;
}

function commonHead(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  while (count < a.length && count < b.length && a[count] === b[count]) count += 1;
  return count;
}

function commonTail(a: readonly string[], b: readonly string[], head: number): number {
  let count = 0;
  const most = Math.min(a.length, b.length) - head;
  while (count < most && a[a.length - 1 - count] === b[b.length - 1 - count]) count += 1;
  return count;
}

/** A longest common subsequence, by the indexes of its lines. */
function commonLines(a: readonly string[], b: readonly string[]) {
  const before = new Set<number>();
  const after = new Set<number>();
  if (a.length * b.length > PAIRS_MAX) return { before, after };
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  const at = (row: number, column: number) => lengths[row * width + column] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      before.add(i);
      after.add(j);
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return { before, after };
}

/**
 * A run of changed lines that could as well stand elsewhere goes up to join the run before it, then down as
 * far as it can, and back to where the other text changes too.
 */
function settleRuns(lines: readonly string[], changed: boolean[], other: readonly boolean[]): void {
  // `place` is the line of the other text that stands where `end` does.
  let [end, place] = [0, 0];
  while (true) {
    while (end < lines.length && !changed[end]) {
      while (other[place]) place += 1;
      place += 1;
      end += 1;
    }
    if (end >= lines.length) return;
    let start = end;
    while (changed[end]) end += 1;
    while (other[place]) place += 1;
    let meeting = end;
    for (let length = -1; length !== end - start; ) {
      length = end - start;
      while (start > 0 && lines[start - 1] === lines[end - 1]) {
        start -= 1;
        end -= 1;
        changed[start] = true;
        changed[end] = false;
        while (changed[start - 1]) start -= 1;
        place -= 1;
        while (other[place - 1] && other[place]) place -= 1;
        while (other[place]) place -= 1;
      }
      meeting = other[place - 1] ? end : lines.length;
      while (end < lines.length && lines[start] === lines[end]) {
        changed[start] = false;
        changed[end] = true;
        start += 1;
        end += 1;
        while (changed[end]) end += 1;
        place += 1;
        while (other[place]) {
          place += 1;
          meeting = end;
        }
      }
    }
    while (meeting < end) {
      start -= 1;
      end -= 1;
      changed[start] = true;
      changed[end] = false;
      place -= 1;
      while (other[place]) place -= 1;
    }
  }
}
