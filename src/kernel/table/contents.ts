import { type Listing, touch } from './listing.ts';
import { cameBetween, createPosting, enter, leave } from './posting.ts';
import { appendLater, appendVersion, type Thinning, type Versions } from './slot.ts';
import { noteTouch, type Touches } from './touches.ts';
import { createUnmade, noteUnmade, takeUnmade, type Unmade } from './unmade.ts';

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
export interface Slot<Row> extends Versions<Row> {
  readonly key: string;
  /** Counted from 0, in the order in which they came. */
  readonly number: number;
  /** Under what it stands in each index, in their order. */
  readonly under: (Listing<Slot<Row>, Row> | undefined)[];
}

export interface BuiltIndex<Row> {
  readonly name: string;
  readonly ofKey: boolean;
  readonly find: (row: Row, key: string) => string | undefined;
  readonly values: Map<string, Listing<Slot<Row>, Row>>;
  /** Under which values something changed; kept since somebody first asked. */
  touches: Touches | undefined;
}

export interface Contents<Row> {
  readonly slots: Map<string, Slot<Row>>;
  /** The last one asked for: who writes a row has mostly just read it, by the very same key. */
  near: Slot<Row> | undefined;
  /** seq of the last write. */
  newest: number;
  readonly indexes: readonly BuiltIndex<Row>[];
  readonly thinning?: Thinning<Row> | undefined;
  /** Writes that no row has taken yet; absent until there is one. */
  unmade?: Unmade;
}

export function contentsOf<Row>(indexes: Indexes<Row>, thinning?: Thinning<Row>): Contents<Row> {
  const built = Object.entries(indexes).map(([name, value]) => buildIndex(name, value));
  return { slots: new Map(), near: undefined, newest: 0, indexes: built, thinning };
}

export function slotOf<Row>(contents: Contents<Row>, key: string): Slot<Row> | undefined {
  const { near } = contents;
  if (near?.key === key) return near;
  const slot = contents.slots.get(key);
  if (slot) contents.near = slot;
  return slot;
}

/** The writes that no row has taken yet; from now on it is known which rows are there. */
export function unmadeOf<Row>(contents: Contents<Row>): Unmade {
  const unmade = createUnmade();
  for (const { number, versions } of contents.slots.values())
    unmade.isThere[number] = versions[versions.length - 1] !== undefined;
  return unmade;
}

/**
 * Takes note of a write of the row with a number, whose place in all indexes is as it was. False where there
 * is no such row to change: then nothing has been written.
 */
export function appendUnmade<Row>({ unmade }: Contents<Row>, row: number, seq: number): boolean {
  if (unmade?.isThere[row] !== true) return false;
  noteUnmade(unmade, row, seq);
  return true;
}

/** A row, which takes what was written of it. */
export function settle<Row, Of extends Slot<Row> | undefined>(contents: Contents<Row>, slot: Of): Of {
  const { unmade, thinning } = contents;
  if (!unmade || !thinning || !slot || !unmade.last[slot.number]) return slot;
  for (const seq of takeUnmade(unmade, slot.number)) appendLater(slot, seq, thinning);
  return slot;
}

export function append<Row>(
  contents: Contents<Row>,
  { key, row, seq }: { readonly key: string; readonly row: Row | undefined; readonly seq: number },
): void {
  const { slots, indexes, thinning } = contents;
  contents.newest = seq;
  let slot = slotOf(contents, key);
  if (!slot) {
    slot = { key, number: slots.size, versions: [], under: [], lag: 0 };
    slots.set(key, slot);
    contents.near = slot;
  }
  const { versions, under } = slot;
  settle(contents, slot);
  if (contents.unmade) contents.unmade.isThere[slot.number] = row !== undefined;
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

export function indexNamed<Row>({ indexes }: Contents<Row>, name: string): BuiltIndex<Row> | undefined {
  for (const index of indexes) if (index.name === name) return index;
  return undefined;
}

function buildIndex<Row>(name: string, value: IndexValue<Row>): BuiltIndex<Row> {
  const values = new Map<string, Listing<Slot<Row>, Row>>();
  if (typeof value === 'function') return { name, ofKey: false, find: value, values, touches: undefined };
  return { name, ofKey: true, find: (_row, key) => value.ofKey(key), values, touches: undefined };
}

/** The members that came under a value of an index after one seq and up to another. */
export function cameUnder<Row>(
  contents: Contents<Row>,
  { name, value }: { readonly name: string; readonly value: string },
  since: number,
  seq: number,
): readonly string[] {
  const under = indexNamed(contents, name)?.values.get(value);
  return under ? cameBetween(under.posting, since, seq).map(({ key }) => key) : [];
}
