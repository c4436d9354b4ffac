/** Under which values of an index something changed, and when: the latest of it, oldest first. */
export interface Touches {
  /** seq up to which nothing is known. */
  since: number;
  seqs: number[];
  values: string[];
}

/** More than any watcher lags behind; whoever looks more seldom looks at everything anew. */
const KEPT = 8192;

/** Nothing is known of what was up to `since`. */
export function createTouches(since: number): Touches {
  return { since, seqs: [], values: [] };
}

/** Something changed under a value. */
export function noteTouch(touches: Touches, value: string, seq: number): void {
  touches.seqs.push(seq);
  touches.values.push(value);
  if (touches.seqs.length <= 2 * KEPT) return;
  touches.since = touches.seqs[KEPT - 1] ?? touches.since;
  touches.seqs = touches.seqs.slice(KEPT);
  touches.values = touches.values.slice(KEPT);
}

/** The values touched after `from` and up to `to`; undefined where not all of them are known. */
export function valuesTouched(touches: Touches, from: number, to: number): readonly string[] | undefined {
  const { since, seqs, values } = touches;
  if (from < since || to < from) return undefined;
  let end = seqs.length;
  while (end > 0 && (seqs[end - 1] ?? 0) > to) end--;
  let begin = end;
  while (begin > 0 && (seqs[begin - 1] ?? 0) > from) begin--;
  return values.slice(begin, end);
}
