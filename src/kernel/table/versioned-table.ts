import { createIndex, type IndexReading, type VersionedIndex } from './versioned-index.ts';

/**
 * A table that keeps every version of every row with the seq of the entry that wrote it, as etcd keeps revisions.
 * A state of it is a number: reading at a seq finds the last version not after it. Writing only appends, so every
 * earlier state stays readable, and a state costs nothing to keep.
 */
export interface VersionedTable<Row> {
  /** The row as of `seq`. */
  read(key: string, seq: number): Row | undefined;
  /** seq of the entry that wrote the row as of `seq`, its removal included; undefined if it never was. */
  changedAt(key: string, seq: number): number | undefined;
  /** Writes (or with undefined removes) the row. `seq` is not before any written one. */
  write(key: string, row: Row | undefined, seq: number): void;
  /** Rows present at `seq`, in no promised order. */
  rows(seq: number): Generator<readonly [key: string, row: Row], void, void>;
  /** Keys of the rows that index `name` held under `value` at `seq`, in code-unit order. Read them before writing. */
  keysBy(name: string, value: string, seq: number): Iterable<string>;
  /** Every version of a row up to `seq`, oldest first; a removal is a version without a row. */
  versions(key: string, seq: number): readonly Version<Row>[];
  /** How many rows are present at `seq` under `value` of index `name`. */
  countBy(name: string, value: string, seq: number): number;
  /** A table that is this one up to `seq` and goes its own way afterwards. */
  branch(seq: number): VersionedTable<Row>;
}

export interface Version<Row> {
  readonly seq: number;
  readonly row: Row | undefined;
}

/** What a row is found by besides its key: a name, and the one value (or none) that a row has under it. */
export type Indexes<Row> = Readonly<Record<string, (row: Row, key: string) => string | undefined>>;

/** The versions of one row: parallel arrays, since there are millions of them. */
interface Slot<Row> {
  readonly key: string;
  readonly seqs: number[];
  readonly values: (Row | undefined)[];
}

interface Origin<Row> {
  readonly table: VersionedTable<Row>;
  readonly seq: number;
}

/** An empty table with the given secondary indexes. */
export function createTable<Row>(indexes: Indexes<Row> = {}): VersionedTable<Row> {
  return tableOf(indexes, undefined);
}

function tableOf<Row>(indexes: Indexes<Row>, origin: Origin<Row> | undefined): VersionedTable<Row> {
  const slots = new Map<string, Slot<Row>>();
  const names = Object.keys(indexes);
  const built: Record<string, VersionedIndex> = {};
  for (const name of names) built[name] = createIndex();

  const append = (key: string, row: Row | undefined, seq: number): void => {
    let slot = slots.get(key);
    if (!slot) {
      slot = { key, seqs: [], values: [] };
      slots.set(key, slot);
    }
    const last = slot.values[slot.values.length - 1];
    if (slot.seqs[slot.seqs.length - 1] === seq) {
      slot.values[slot.values.length - 1] = row;
    } else {
      slot.seqs.push(seq);
      slot.values.push(row);
    }
    for (const name of names) {
      const find = indexes[name];
      const before = last === undefined ? undefined : find?.(last, key);
      const after = row === undefined ? undefined : find?.(row, key);
      if (before !== after) built[name]?.move({ key, before, after, seq });
    }
  };

  const older = (seq: number): VersionedTable<Row> | undefined =>
    origin && seq < origin.seq ? origin.table : undefined;

  const indexAt = (name: string, value: string, seq: number): IndexReading | undefined =>
    built[name]?.at(value, seq);

  const table: VersionedTable<Row> = {
    read(key, seq) {
      const past = older(seq);
      if (past) return past.read(key, seq);
      const slot = slots.get(key);
      return slot?.values[lastNotAfter(slot.seqs, seq)];
    },
    changedAt(key, seq) {
      const past = older(seq);
      if (past) return past.changedAt(key, seq);
      const slot = slots.get(key);
      return (
        slot?.seqs[lastNotAfter(slot.seqs, seq)] ?? origin?.table.changedAt(key, Math.min(seq, origin.seq))
      );
    },
    write: append,
    *rows(seq) {
      const past = older(seq);
      if (past) {
        yield* past.rows(seq);
        return;
      }
      for (const slot of slots.values()) {
        const row = slot.values[lastNotAfter(slot.seqs, seq)];
        if (row !== undefined) yield [slot.key, row];
      }
    },
    keysBy(name, value, seq) {
      const past = older(seq);
      return past ? past.keysBy(name, value, seq) : (indexAt(name, value, seq)?.keys() ?? []);
    },
    countBy(name, value, seq) {
      const past = older(seq);
      return past ? past.countBy(name, value, seq) : (indexAt(name, value, seq)?.count() ?? 0);
    },
    versions(key, seq) {
      const past = older(seq);
      if (past) return past.versions(key, seq);
      const inherited = origin ? origin.table.versions(key, origin.seq) : [];
      const slot = slots.get(key);
      if (!slot) return inherited;
      const own = slot.seqs.map((at, index) => ({ seq: at, row: slot.values[index] }));
      return [
        ...inherited,
        ...own.filter((version) => version.seq <= seq && version.seq > (origin?.seq ?? 0)),
      ];
    },
    branch(seq) {
      const copy = tableOf(indexes, { table, seq });
      for (const [key, row] of table.rows(seq)) copy.write(key, row, table.changedAt(key, seq) ?? seq);
      return copy;
    },
  };
  return table;
}

/** Index of the last number that is not greater than `limit`; -1 when all are. The newest is asked for most. */
function lastNotAfter(sorted: readonly number[], limit: number): number {
  let high = sorted.length - 1;
  if (high < 0 || (sorted[high] ?? 0) <= limit) return high;
  let low = 0;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
