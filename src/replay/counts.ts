import { type Column, createColumn } from '../kernel/table/column.ts';

/** How something that is counted goes on, entry by entry: there may be as many changes of it as entries. */
export interface Counts {
  /** What had been counted by an entry; 0 before anything was. */
  at(seq: number): number;
  /** After the last change. */
  readonly last: number;
  /** The changes, oldest first. */
  changes(): readonly Counted[];
}

/** From an entry on there are so many. */
export interface Counted {
  readonly seq: number;
  readonly count: number;
}

/** The same, growing. */
export interface GrowingCounts extends Counts {
  push(seq: number, count: number): void;
  /** The changes up to an entry, which go on in their own way. */
  branch(at: number): GrowingCounts;
}

export function createCounts(
  seqs: Column = createColumn('int32'),
  counts: Column = createColumn('int32'),
): GrowingCounts {
  /** How many changes there are up to an entry. */
  const upTo = (seq: number): number => {
    let low = 0;
    let high = seqs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (seqs.at(middle) <= seq) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const countOf = (place: number): number => (place > 0 ? counts.at(place - 1) : 0);
  return {
    at: (seq) => countOf(upTo(seq)),
    get last() {
      return countOf(seqs.length);
    },
    changes: () =>
      Array.from({ length: seqs.length }, (_, place) => ({ seq: seqs.at(place), count: counts.at(place) })),
    push(seq, count) {
      seqs.push(seq);
      counts.push(count);
    },
    branch(at) {
      const length = upTo(at);
      return createCounts(seqs.branch(length), counts.branch(length));
    },
  };
}
