import {
  append,
  appendUnmade,
  type Contents,
  cameUnder,
  contentsOf,
  type Indexes,
  indexNamed,
  type Slot,
  settle,
  slotOf,
  unmadeOf,
} from './contents.ts';
import { rowsNow, rowsUnder } from './listing.ts';
import { countAt, membersAt } from './posting.ts';
import { isDropped, latestOf, restoreRow, rowAt, seqAt, seqsOf, type Thinning } from './slot.ts';
import { createTouches, valuesTouched } from './touches.ts';
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
  /** Keys of rows that came under `value` after one seq and up to another, those that went again too. */
  keysThatCame(name: string, value: string, since: number, seq: number): readonly string[];
  /**
   * The same keys as `keysBy`, each with the seq of the entry that wrote its row last: without the rows
   * themselves.
   */
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
   * How many values index `name` has had so far, in all states. While there are no more of them, what
   * `hasHad` says of each of them stays as it is.
   */
  valuesHad(name: string): number;
  /** Whether a row has ever been under `value` of index `name`, in any state. */
  hasHad(name: string, value: string): boolean;
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

/** A table that does not keep the rows of all versions. */
export interface ThinTable<Row> extends VersionedTable<Row> {
  /** Puts back a row that was dropped, as it is found to have been written. */
  restore(key: string, row: Row | undefined, seq: number): void;
  /** The number of a row that there has been. */
  numberOf(key: string): number | undefined;
  /**
   * Takes note that an entry wrote the row with a number, which is found when somebody asks for it. Only for
   * one that is there, and stands under the same values of all indexes afterwards; false, and nothing
   * written, where there is none.
   */
  writeLater(row: number, seq: number): boolean;
}

/** An empty table that finds rows again instead of keeping them all. */
export function createThinTable<Row>(indexes: Indexes<Row>, thinning: Thinning<Row>): ThinTable<Row> {
  const contents = contentsOf(indexes, thinning);
  return {
    ...tableOf(contents, indexes),
    restore(key, row, seq) {
      const slot = contents.slots.get(key);
      if (slot) settle(contents, slot);
      if (slot) restoreRow(slot, { row, seq, thinning });
    },
    numberOf: (key) => contents.slots.get(key)?.number,
    writeLater(row, seq) {
      contents.unmade ??= unmadeOf(contents);
      return appendUnmade(contents, row, seq);
    },
  };
}

/** An empty table with the given secondary indexes. */
export function createTable<Row>(indexes: Indexes<Row> = {}): VersionedTable<Row> {
  return tableOf(contentsOf(indexes), indexes);
}

function tableOf<Row>(contents: Contents<Row>, indexes: Indexes<Row>): VersionedTable<Row> {
  const { slots, thinning } = contents;
  const settled = (slot: Slot<Row>): Slot<Row> => settle(contents, slot);
  const slotAt = (key: string): Slot<Row> | undefined => settle(contents, slots.get(key));
  const table: VersionedTable<Row> = {
    read(key, seq) {
      const slot = slotOf(contents, key);
      if (slot === undefined) return undefined;
      const { versions } = settled(slot);
      const last = versions.length - 2;
      // The newest is asked for most.
      return (versions[last] as number) <= seq && !isDropped(slot, last)
        ? (versions[last + 1] as Row | undefined)
        : rowAt(slot, seq, thinning);
    },
    changedAt(key, seq) {
      const slot = slotAt(key);
      return slot && seqAt(slot, seq);
    },
    write: (key, row, seq) => append(contents, { key, row, seq }),
    *rows(seq) {
      for (const slot of slots.values()) {
        const row = rowAt(settled(slot), seq, thinning);
        if (row !== undefined) yield [slot.key, row];
      }
    },
    keysBy(name, value, seq) {
      const under = indexNamed(contents, name)?.values.get(value);
      return under ? membersAt(under.posting, seq).map(({ key }) => key) : [];
    },
    keysThatCame: (name, value, since, seq) => cameUnder(contents, { name, value }, since, seq),
    writtenBy(name, value, seq) {
      const under = indexNamed(contents, name)?.values.get(value);
      const members = under ? membersAt(under.posting, seq) : [];
      return members.map((slot) => ({ key: slot.key, seq: seqAt(settled(slot), seq) ?? 0 }));
    },
    list: (name, value, seq) => (slots.size === 0 ? NOTHING : listOf(contents, { name, value }, seq)),
    countBy(name, value, seq) {
      const under = indexNamed(contents, name)?.values.get(value);
      return under ? countAt(under.posting, seq) : 0;
    },
    valuesHad: (name) => indexNamed(contents, name)?.values.size ?? 0,
    hasHad: (name, value) => indexNamed(contents, name)?.values.has(value) === true,
    versions: (key, seq) => [...latestOf(slotAt(key), seq, thinning)].reverse(),
    writesOf: (key, seq) => seqsOf(slotAt(key), seq),
    latest: (key, seq) => latestOf(slotAt(key), seq, thinning),
    touchedBy(name, since, seq) {
      const index = indexNamed(contents, name);
      if (!index || contents.unmade) return undefined;
      index.touches ??= createTouches(contents.newest);
      return valuesTouched(index.touches, since, seq);
    },
    branch: (seq) => branchOf(table, seq, indexes),
  };
  return table;
}

function listOf<Row>(
  contents: Contents<Row>,
  { name, value }: { readonly name: string; readonly value: string },
  seq: number,
): readonly Row[] {
  const index = indexNamed(contents, name);
  const under = index?.values.get(value);
  if (!index || !under) return NOTHING;
  const rowOf = (slot: Slot<Row>, at: number): Row | undefined => {
    const row = rowAt(settle(contents, slot), at, contents.thinning);
    return row !== undefined && (index.ofKey || index.find(row, slot.key) === value) ? row : undefined;
  };
  // Nobody has told the list of what has been written to be made later.
  return contents.unmade ? rowsNow(under, seq, rowOf) : rowsUnder(under, seq, rowOf);
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
    keysThatCame: (name, value, from, seq) => [
      ...origin.keysThatCame(name, value, from, Math.min(seq, since)),
      ...own.keysThatCame(name, value, Math.max(from, since), seq),
    ],
    writtenBy: (name, value, seq) =>
      at(seq)
        .keysBy(name, value, seq)
        .map((key) => ({ key, seq: table.changedAt(key, seq) ?? 0 })),
    list: (name, value, seq) => at(seq).list(name, value, seq),
    countBy: (name, value, seq) => at(seq).countBy(name, value, seq),
    valuesHad: (name) => origin.valuesHad(name) + own.valuesHad(name),
    hasHad: (name, value) => origin.hasHad(name, value) || own.hasHad(name, value),
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
