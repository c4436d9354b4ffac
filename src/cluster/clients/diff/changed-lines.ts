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

interface Run {
  readonly lines: readonly string[];
  readonly changed: boolean[];
  readonly other: readonly boolean[];
  start: number;
  end: number;
  /** The line of the other text that stands where `end` does. */
  place: number;
  /** The lowest end at which the other text changes too; behind all lines where it does not. */
  meeting: number;
}

/**
 * A run of changed lines that could as well stand elsewhere goes up to join the run before it, then down as
 * far as it can, and back to where the other text changes too.
 */
function settleRuns(lines: readonly string[], changed: boolean[], other: readonly boolean[]): void {
  const run: Run = { lines, changed, other, start: 0, end: 0, place: 0, meeting: 0 };
  while (findRun(run)) {
    for (let length = -1; length !== run.end - run.start; ) {
      length = run.end - run.start;
      while (run.start > 0 && lines[run.start - 1] === lines[run.end - 1]) goUp(run);
      run.meeting = other[run.place - 1] ? run.end : lines.length;
      while (run.end < lines.length && lines[run.start] === lines[run.end]) goDown(run);
    }
    while (run.meeting < run.end) goUp(run);
  }
}

/** Goes to the next run; false when there is none. */
function findRun(run: Run): boolean {
  const { lines, changed } = run;
  while (run.end < lines.length && !changed[run.end]) {
    skipOther(run);
    run.place += 1;
    run.end += 1;
  }
  run.start = run.end;
  while (changed[run.end]) run.end += 1;
  skipOther(run);
  return run.start < lines.length;
}

function skipOther(run: Run): void {
  while (run.other[run.place]) run.place += 1;
}

function goUp(run: Run): void {
  const { changed, other } = run;
  run.start -= 1;
  run.end -= 1;
  changed[run.start] = true;
  changed[run.end] = false;
  while (changed[run.start - 1]) run.start -= 1;
  run.place -= 1;
  while (other[run.place]) run.place -= 1;
}

function goDown(run: Run): void {
  const { changed, other } = run;
  changed[run.start] = false;
  changed[run.end] = true;
  run.start += 1;
  run.end += 1;
  while (changed[run.end]) run.end += 1;
  run.place += 1;
  while (other[run.place]) {
    run.place += 1;
    run.meeting = run.end;
  }
}
