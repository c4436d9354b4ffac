/**
 * Which keys stood under a value at any seq. Each stay is an interval; the stays that are still open are kept
 * apart as well, because the newest state is read far more often than any other.
 */
export interface VersionedIndex {
  /** At `seq` the key leaves the value `before` and comes under `after` (undefined: none). */
  move(change: { key: string; before: string | undefined; after: string | undefined; seq: number }): void;
  at(value: string, seq: number): IndexReading | undefined;
}

export interface IndexReading {
  keys(): Iterable<string>;
  count(): number;
}

interface Postings {
  readonly keys: string[];
  readonly from: number[];
  /** seq at which the stay ended; Infinity while it is open. */
  readonly to: number[];
  /** Position of the open stay of a key. */
  readonly open: Map<string, number>;
  /** The keys of the open stays in code-unit order, so that a branch and its origin list them alike. */
  readonly present: string[];
  /** seq of the last change under this value: from there on the open stays are the answer. */
  changedAt: number;
}

export function createIndex(): VersionedIndex {
  const values = new Map<string, Postings>();
  return {
    move({ key, before, after, seq }) {
      if (before !== undefined) leave(values.get(before), key, seq);
      if (after !== undefined) {
        let postings = values.get(after);
        if (!postings) {
          postings = { keys: [], from: [], to: [], open: new Map(), present: [], changedAt: seq };
          values.set(after, postings);
        }
        enter(postings, key, seq);
      }
    },
    at(value, seq) {
      const postings = values.get(value);
      if (!postings) return undefined;
      if (seq >= postings.changedAt)
        return { keys: () => postings.present, count: () => postings.present.length };
      return { keys: () => past(postings, seq), count: () => past(postings, seq).length };
    },
  };
}

function enter(postings: Postings, key: string, seq: number): void {
  postings.open.set(key, postings.keys.length);
  postings.present.splice(placeOf(postings.present, key), 0, key);
  postings.keys.push(key);
  postings.from.push(seq);
  postings.to.push(Number.POSITIVE_INFINITY);
  postings.changedAt = seq;
}

function leave(postings: Postings | undefined, key: string, seq: number): void {
  const position = postings?.open.get(key);
  if (postings === undefined || position === undefined) return;
  postings.to[position] = seq;
  postings.open.delete(key);
  postings.present.splice(placeOf(postings.present, key), 1);
  postings.changedAt = seq;
}

/** Where the key stands, or would stand, in the sorted list. */
function placeOf(sorted: readonly string[], key: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

function past(postings: Postings, seq: number): string[] {
  const { keys, from, to } = postings;
  const found: string[] = [];
  for (let position = 0; position < keys.length; position++) {
    const key = keys[position];
    if (key !== undefined && (from[position] ?? 0) <= seq && seq < (to[position] ?? 0)) found.push(key);
  }
  return found.sort();
}
