import type { Indexes } from './contents.ts';
import { createTable, type VersionedTable } from './versioned-table.ts';

/** The rows that each table of a store holds, by the table's name. */
export type Tables<Rows> = { readonly [Name in keyof Rows]: VersionedTable<Rows[Name]> };

/** Tables that are written together: one head, one branch. */
export interface Store<Rows> {
  readonly tables: Tables<Rows>;
  /** seq up to which the tables are written. */
  head: number;
}

/** The indexes of each table. */
export type StoreShape<Rows> = { readonly [Name in keyof Rows]: Indexes<Rows[Name]> };

export function createStore<Rows>(shape: StoreShape<Rows>): Store<Rows> {
  return { tables: mapTables<Rows>(shape, (name) => createTable(shape[name])), head: 0 };
}

/** The store to write after `seq`: this one if nothing later is in it, else a branch that shares its past. */
export function storeAfter<Rows>(store: Store<Rows>, seq: number): Store<Rows> {
  return store.head === seq ? store : branchStore(store, seq);
}

/** A store that shares the past of this one up to `seq`, and goes its own way whatever this one does. */
export function branchStore<Rows>(store: Store<Rows>, seq: number): Store<Rows> {
  return { tables: mapTables<Rows>(store.tables, (name) => store.tables[name].branch(seq)), head: seq };
}

function mapTables<Rows>(
  names: { readonly [Name in keyof Rows]: unknown },
  tableOf: <Name extends keyof Rows>(name: Name) => VersionedTable<Rows[Name]>,
): Tables<Rows> {
  // Not filled field by field: engines keep an object that so many fields came to as a hash table, and nearly
  // all that is ever read is read of one of these.
  return Object.fromEntries(
    (Object.keys(names) as (keyof Rows)[]).map((name) => [name, tableOf(name)]),
  ) as unknown as Tables<Rows>;
}
