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
  /** The keys of the open stays in code-unit order, as they were when last read. */
  sorted: readonly string[];
  /** Keys that came since, in the order in which they came. */
  came: string[];
  /** Whether any went since. */
  hasLosses: boolean;
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
          postings = {
            keys: [],
            from: [],
            to: [],
            open: new Map(),
            sorted: [],
            came: [],
            hasLosses: false,
            changedAt: seq,
          };
          values.set(after, postings);
        }
        enter(postings, key, seq);
      }
    },
    at(value, seq) {
      const postings = values.get(value);
      if (!postings) return undefined;
      if (seq >= postings.changedAt) {
        return { keys: () => present(postings), count: () => postings.open.size };
      }
      return { keys: () => past(postings, seq), count: () => past(postings, seq).length };
    },
  };
}

function enter(postings: Postings, key: string, seq: number): void {
  postings.open.set(key, postings.keys.length);
  postings.came.push(key);
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
  postings.hasLosses = true;
  postings.changedAt = seq;
}

/**
 * The keys under the value now, in code-unit order, so that a branch and its origin list them alike. Sorted
 * when read and not when written: a place in a sorted list of many is dear, and most lists are read far less
 * often.
 */
function present(postings: Postings): readonly string[] {
  const { open, sorted, came, hasLosses } = postings;
  if (came.length === 0 && !hasLosses) return sorted;
  const kept = hasLosses ? sorted.filter((key) => open.has(key)) : sorted;
  const added = came.filter((key) => open.has(key)).sort();
  postings.sorted = added.length === 0 ? kept : merged(kept, added);
  postings.came = [];
  postings.hasLosses = false;
  return postings.sorted;
}

/** Both are sorted; a key that went and came again is in both, and stands once in what comes out. */
function merged(kept: readonly string[], added: readonly string[]): string[] {
  const all: string[] = [];
  let next = 0;
  for (const key of kept) {
    for (; next < added.length && (added[next] ?? '') < key; next++) appendOnce(all, added[next] ?? '');
    appendOnce(all, key);
  }
  for (; next < added.length; next++) appendOnce(all, added[next] ?? '');
  return all;
}

function appendOnce(all: string[], key: string): void {
  if (all[all.length - 1] !== key) all.push(key);
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
