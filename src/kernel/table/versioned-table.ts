import { type Listing, rowsUnder, touch } from './listing.ts';
import { countAt, createPosting, enter, leave, membersAt } from './posting.ts';
import {
  appendVersion,
  latestOf,
  restoreRow,
  rowAt,
  seqAt,
  seqsOf,
  type Thinning,
  type Versions,
} from './slot.ts';
import { createTouches, noteTouch, type Touches, valuesTouched } from './touches.ts';
import type { Version } from './version.ts';

/**
 * A table that keeps every version of every row with the seq of the entry that wrote it, as etcd keeps
 * revisions. A state of it is a number: reading at a seq finds the last version not after it. Writing only
 * appends, so every earlier state stays readable, and a state costs nothing to keep.
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
  /**
   * Keys of the rows that index `name` held under `value` at `seq`, in code-unit order. Read them before
   * writing.
   */
  keysBy(name: string, value: string, seq: number): readonly string[];
  /** The same keys, each with the seq of the entry that wrote its row last: without the rows themselves. */
  writtenBy(name: string, value: string, seq: number): readonly Written[];
  /**
   * The rows under `value` of index `name` at `seq`, in code-unit order of their keys; the same array for as
   * long as none of them changes.
   */
  list(name: string, value: string, seq: number): readonly Row[];
  /** Every version of a row up to `seq`, oldest first; a removal is a version without a row. */
  versions(key: string, seq: number): readonly Version<Row>[];
  /** The same, newest first, one after another: for those who want only the latest. */
  latest(key: string, seq: number): Generator<Version<Row>, void, void>;
  /** seq of each entry that wrote a row, up to `seq`, oldest first: without the rows themselves. */
  writesOf(key: string, seq: number): readonly number[];
  /** How many rows are present at `seq` under `value` of index `name`. */
  countBy(name: string, value: string, seq: number): number;
  /**
   * The values of index `name` under which something changed after `since` and up to `seq`, some perhaps
   * several times; undefined where that is not known, as when nobody has asked before.
   */
  touchedBy(name: string, since: number, seq: number): readonly string[] | undefined;
  /** A table that is this one up to `seq` and goes its own way afterwards. */
  branch(seq: number): VersionedTable<Row>;
}

export interface Written {
  readonly key: string;
  readonly seq: number;
}

/**
 * What rows are found by besides their keys: an index's name, and the one value (or none) that a row has in
 * it.
 */
export type Indexes<Row> = Readonly<Record<string, IndexValue<Row>>>;

/**
 * A value that follows from the row, or one that follows from the key alone and so can't change with the row.
 */
export type IndexValue<Row> =
  | ((row: Row) => string | undefined)
  | { readonly ofKey: (key: string) => string };

/** One row over all time. */
interface Slot<Row> extends Versions<Row> {
  readonly key: string;
  /** Under what it stands in each index, in their order. */
  readonly under: (Listing<Slot<Row>, Row> | undefined)[];
}

interface BuiltIndex<Row> {
  readonly name: string;
  readonly ofKey: boolean;
  readonly find: (row: Row, key: string) => string | undefined;
  readonly values: Map<string, Listing<Slot<Row>, Row>>;
  /** Under which values something changed; kept since somebody first asked. */
  touches: Touches | undefined;
}

interface Contents<Row> {
  readonly slots: Map<string, Slot<Row>>;
  /** The last one asked for: who writes a row has mostly just read it, by the very same key. */
  near: Slot<Row> | undefined;
  /** seq of the last write. */
  newest: number;
  readonly indexes: readonly BuiltIndex<Row>[];
  readonly thinning?: Thinning | undefined;
}

/** A table that does not keep the rows of all versions. */
export interface ThinTable<Row> extends VersionedTable<Row> {
  /** Puts back a row that was dropped, as it is found to have been written. */
  restore(key: string, row: Row | undefined, seq: number): void;
}

/** An empty table that finds rows again instead of keeping them all. */
export function createThinTable<Row>(indexes: Indexes<Row>, thinning: Thinning): ThinTable<Row> {
  const contents = contentsOf(indexes, thinning);
  return {
    ...tableOf(contents, indexes),
    restore(key, row, seq) {
      const slot = contents.slots.get(key);
      if (slot) restoreRow(slot, { row, seq, thinning });
    },
  };
}

/** An empty table with the given secondary indexes. */
export function createTable<Row>(indexes: Indexes<Row> = {}): VersionedTable<Row> {
  return tableOf(contentsOf(indexes), indexes);
}

function contentsOf<Row>(indexes: Indexes<Row>, thinning?: Thinning): Contents<Row> {
  const built = Object.entries(indexes).map(([name, value]) => buildIndex(name, value));
  return { slots: new Map(), near: undefined, newest: 0, indexes: built, thinning };
}

function tableOf<Row>(contents: Contents<Row>, indexes: Indexes<Row>): VersionedTable<Row> {
  const { slots, thinning } = contents;
  const table: VersionedTable<Row> = {
    read(key, seq) {
      const slot = slotOf(contents, key);
      if (slot === undefined) return undefined;
      const { versions } = slot;
      const last = versions.length - 2;
      // The newest is asked for most.
      return (versions[last] as number) <= seq
        ? (versions[last + 1] as Row | undefined)
        : rowAt(slot, seq, thinning);
    },
    changedAt(key, seq) {
      const slot = slots.get(key);
      return slot && seqAt(slot, seq);
    },
    write: (key, row, seq) => append(contents, { key, row, seq }),
    *rows(seq) {
      for (const slot of slots.values()) {
        const row = rowAt(slot, seq, thinning);
        if (row !== undefined) yield [slot.key, row];
      }
    },
    keysBy(name, value, seq) {
      const under = indexNamed(contents, name)?.values.get(value);
      return under ? membersAt(under.posting, seq).map(({ key }) => key) : [];
    },
    writtenBy(name, value, seq) {
      const under = indexNamed(contents, name)?.values.get(value);
      const members = under ? membersAt(under.posting, seq) : [];
      return members.map((slot) => ({ key: slot.key, seq: seqAt(slot, seq) ?? 0 }));
    },
    list(name, value, seq) {
      const index = indexNamed(contents, name);
      const under = index?.values.get(value);
      if (!index || !under) return NOTHING;
      return rowsUnder(under, seq, (slot, at) => {
        const row = rowAt(slot, at, thinning);
        return row !== undefined && (index.ofKey || index.find(row, slot.key) === value) ? row : undefined;
      });
    },
    countBy(name, value, seq) {
      const under = indexNamed(contents, name)?.values.get(value);
      return under ? countAt(under.posting, seq) : 0;
    },
    versions: (key, seq) => [...latestOf(slots.get(key), seq, thinning)].reverse(),
    writesOf: (key, seq) => seqsOf(slots.get(key), seq),
    latest: (key, seq) => latestOf(slots.get(key), seq, thinning),
    touchedBy(name, since, seq) {
      const index = indexNamed(contents, name);
      if (!index) return undefined;
      index.touches ??= createTouches(contents.newest);
      return valuesTouched(index.touches, since, seq);
    },
    branch: (seq) => branchOf(table, seq, indexes),
  };
  return table;
}

/** What was before the branch is read where it was written; what came of it is copied, a row once. */
function branchOf<Row>(
  origin: VersionedTable<Row>,
  since: number,
  indexes: Indexes<Row>,
): VersionedTable<Row> {
  const own = createTable(indexes);
  for (const [key, row] of origin.rows(since)) own.write(key, row, origin.changedAt(key, since) ?? since);
  const at = (seq: number): VersionedTable<Row> => (seq < since ? origin : own);
  const table: VersionedTable<Row> = {
    read: (key, seq) => at(seq).read(key, seq),
    changedAt: (key, seq) => at(seq).changedAt(key, seq) ?? origin.changedAt(key, Math.min(seq, since)),
    write: own.write,
    rows: (seq) => at(seq).rows(seq),
    keysBy: (name, value, seq) => at(seq).keysBy(name, value, seq),
    writtenBy: (name, value, seq) =>
      at(seq)
        .keysBy(name, value, seq)
        .map((key) => ({ key, seq: table.changedAt(key, seq) ?? 0 })),
    list: (name, value, seq) => at(seq).list(name, value, seq),
    countBy: (name, value, seq) => at(seq).countBy(name, value, seq),
    versions: (key, seq) => [
      ...origin.versions(key, Math.min(seq, since)),
      ...own.versions(key, seq).filter((version) => version.seq > since),
    ],
    writesOf: (key, seq) => [
      ...origin.writesOf(key, Math.min(seq, since)),
      ...own.writesOf(key, seq).filter((written) => written > since),
    ],
    *latest(key, seq) {
      for (const version of own.latest(key, seq)) if (version.seq > since) yield version;
      yield* origin.latest(key, Math.min(seq, since));
    },
    touchedBy: (name, from, seq) => {
      if (seq < since) return origin.touchedBy(name, from, seq);
      return from >= since ? own.touchedBy(name, from, seq) : undefined;
    },
    branch: (seq) => branchOf(table, seq, indexes),
  };
  return table;
}

const NOTHING: readonly never[] = [];

function slotOf<Row>(contents: Contents<Row>, key: string): Slot<Row> | undefined {
  const { near } = contents;
  if (near?.key === key) return near;
  const slot = contents.slots.get(key);
  if (slot) contents.near = slot;
  return slot;
}

function append<Row>(
  contents: Contents<Row>,
  { key, row, seq }: { readonly key: string; readonly row: Row | undefined; readonly seq: number },
): void {
  const { slots, indexes, thinning } = contents;
  contents.newest = seq;
  let slot = slotOf(contents, key);
  if (!slot) {
    slot = { key, versions: [], under: [] };
    slots.set(key, slot);
    contents.near = slot;
  }
  const { versions, under } = slot;
  const isChange = row !== undefined && versions[versions.length - 1] !== undefined;
  appendVersion(slot, { row, seq, thinning });
  for (let position = 0; position < indexes.length; position++) {
    const index = indexes[position];
    if (!index) continue;
    if (!index.ofKey || !isChange) {
      const value = row === undefined ? undefined : index.find(row, key);
      if (value !== under[position]?.posting.value) move({ slot, position, index, value, seq });
    }
    const listing = under[position];
    if (!listing) continue;
    touch(listing, slot, seq);
    if (index.touches) noteTouch(index.touches, listing.posting.value, seq);
  }
}

interface Move<Row> {
  readonly slot: Slot<Row>;
  /** Of the index. */
  readonly position: number;
  readonly index: BuiltIndex<Row>;
  /** Under which it comes; undefined for none. */
  readonly value: string | undefined;
  readonly seq: number;
}

function move<Row>({ slot, position, index: { values, touches }, value, seq }: Move<Row>): void {
  const before = slot.under[position];
  if (before) {
    leave(before.posting, slot, seq);
    touch(before, slot, seq);
    if (touches) noteTouch(touches, before.posting.value, seq);
  }
  let after = value === undefined ? undefined : values.get(value);
  if (value !== undefined && !after) {
    after = { posting: createPosting(value), touchedAt: seq, journal: undefined, lists: [] };
    values.set(value, after);
  }
  if (after) enter(after.posting, slot, seq);
  slot.under[position] = after;
}

function indexNamed<Row>({ indexes }: Contents<Row>, name: string): BuiltIndex<Row> | undefined {
  for (const index of indexes) if (index.name === name) return index;
  return undefined;
}

function buildIndex<Row>(name: string, value: IndexValue<Row>): BuiltIndex<Row> {
  const values = new Map<string, Listing<Slot<Row>, Row>>();
  if (typeof value === 'function') return { name, ofKey: false, find: value, values, touches: undefined };
  return { name, ofKey: true, find: (_row, key) => value.ofKey(key), values, touches: undefined };
}
