import type { Version } from './version.ts';

/**
 * The versions of one row, in one flat array (seq, row, seq, row, …): there are millions, and pairs would
 * cost.
 */
export interface Versions<Row> {
  readonly versions: (number | Row | undefined)[];
  /** Where rows are dropped: about how many entries lie between the newest one and the last that is kept. */
  lag: number;
}

/**
 * How a table does with fewer rows than it has versions: of each row every so many-th one is kept, and mostly
 * the newest. One between is found again from the entry that wrote it.
 */
export interface Thinning<Row> {
  /** So many entries at most are looked at again for one row. */
  readonly every: number;
  /** Folds an entry again: each table that it wrote gets its rows back with `restore`. */
  refold(seq: number): void;
  /** Tells of a row that is there again; it will be dropped when others have come after it. */
  restored(of: Versions<unknown>, place: number): void;
  /** How rows are found without folding whole entries. */
  readonly steps?: Steps<Row> | undefined;
}

/** How the rows of a table follow from each other. */
export interface Steps<Row> {
  /** The row that an entry wrote, of what it was before; undefined where the entry must be folded for it. */
  after(before: Row | undefined, seq: number): Row | undefined;
  /** What the version that an entry wrote needs of the one before it, which another entry wrote. */
  needs(seq: number, before: number): Need;
}

/** It: the row itself. Whatever it was made of: its entry changed nothing that the later one does not. */
export type Need = 'it' | 'what it was made of' | 'nothing';

/** Stands in the place of a row that was dropped, or never made so far. */
const DROPPED: unique symbol = Symbol('dropped');

/** Where many rows must be made to come to one, each so many-th of them stays. */
const STAYS_EVERY = 16;

/** Appends a version, or replaces the one that the same entry wrote before. */
export function appendVersion<Row>(
  of: Versions<Row>,
  {
    row,
    seq,
    thinning,
  }: { readonly row: Row | undefined; readonly seq: number; readonly thinning?: Thinning<Row> | undefined },
): void {
  const { versions } = of;
  const last = versions.length - 2;
  if (versions[last] === seq) {
    versions[last + 1] = row;
    return;
  }
  versions.push(seq, row);
  if (thinning && last >= 0) supersede(of, last, thinning);
}

/** The newest version is the newest no more: it goes, if it is found again from another. */
function supersede<Row>(of: Versions<Row>, place: number, { every }: Thinning<Row>): void {
  const row = of.versions[place + 1];
  if (row === undefined) of.lag = 0;
  else if (!isDropped(of, place) && (place === 0 || of.lag >= every)) of.lag = 1;
  else {
    of.lag++;
    dropRow(of, place);
  }
}

/**
 * Appends a version that is made when somebody asks for it: of a row that is there, and stays where it is.
 */
export function appendLater<Row>(of: Versions<Row>, seq: number, thinning: Thinning<Row>): void {
  const { versions } = of;
  const last = versions.length - 2;
  versions.push(seq, DROPPED as never);
  supersede(of, last, thinning);
}

/** Drops the row of a version, if it can be found again. */
export function dropRow<Row>({ versions }: Versions<Row>, place: number): void {
  if (versions[place + 1] !== undefined) (versions as unknown[])[place + 1] = DROPPED;
}

/** The row as of a seq. */
export function rowAt<Row>(of: Versions<Row>, seq: number, thinning?: Thinning<Row>): Row | undefined {
  return rowIn(of, placeAt(of.versions, seq), thinning);
}

/** seq of the entry that wrote the row as of a seq. */
export function seqAt<Row>({ versions }: Versions<Row>, seq: number): number | undefined {
  return versions[placeAt(versions, seq)] as number | undefined;
}

/** seq of each version up to a seq, oldest first. */
export function seqsOf(of: Versions<unknown> | undefined, seq: number): readonly number[] {
  const seqs: number[] = [];
  if (!of) return seqs;
  const last = placeAt(of.versions, seq);
  for (let place = 0; place <= last; place += 2) seqs.push(of.versions[place] as number);
  return seqs;
}

/** The versions up to a seq, newest first. */
export function* latestOf<Row>(
  of: Versions<Row> | undefined,
  seq: number,
  thinning?: Thinning<Row>,
): Generator<Version<Row>, void, void> {
  if (!of) return;
  for (let place = placeAt(of.versions, seq); place >= 0; place -= 2) {
    yield { seq: of.versions[place] as number, row: rowIn(of, place, thinning) };
  }
}

/** Puts back the row of the version that an entry wrote, where it was dropped. */
export function restoreRow<Row>(
  of: Versions<Row>,
  {
    row,
    seq,
    thinning,
  }: { readonly row: Row | undefined; readonly seq: number; readonly thinning: Thinning<Row> },
): void {
  const place = placeAt(of.versions, seq);
  if (of.versions[place] !== seq || !isDropped(of, place)) return;
  of.versions[place + 1] = row;
  thinning.restored(of, place);
}

function rowIn<Row>(of: Versions<Row>, place: number, thinning: Thinning<Row> | undefined): Row | undefined {
  if (thinning && isDropped(of, place)) refind(of, place, thinning);
  return of.versions[place + 1] as Row | undefined;
}

/** From the last version before that is there, one after another, as far as each needs the one before. */
function refind<Row>(of: Versions<Row>, place: number, thinning: Thinning<Row>): void {
  const { versions } = of;
  const { steps } = thinning;
  const needed = [place];
  let first = place;
  for (; isDropped(of, first - 2); first -= 2) {
    const need = steps?.needs(versions[first] as number, versions[first - 2] as number) ?? 'it';
    if (need === 'nothing') break;
    if (need === 'it') needed.push(first - 2);
  }
  let row = isDropped(of, first - 2) ? undefined : (versions[first - 1] as Row | undefined);
  for (let next = needed.length - 1; next >= 0; next--) {
    const at = needed[next] as number;
    const seq = versions[at] as number;
    const found = steps?.after(row, seq);
    if (found === undefined) thinning.refold(seq);
    else {
      versions[at + 1] = found;
      if (next === 0 || next % STAYS_EVERY !== 0) thinning.restored(of, at);
    }
    if (isDropped(of, at)) throw new Error(`entry ${seq} does not write again what it wrote`);
    row = versions[at + 1] as Row | undefined;
  }
}

export function isDropped<Row>({ versions }: Versions<Row>, place: number): boolean {
  return (versions as unknown[])[place + 1] === DROPPED;
}

/** Where the last version not after `limit` stands; -2 when there is none. The newest is asked for most. */
function placeAt(versions: readonly unknown[], limit: number): number {
  let high = versions.length / 2 - 1;
  if (high < 0 || (versions[2 * high] as number) <= limit) return 2 * high;
  let low = 0;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((versions[2 * middle] as number) <= limit) low = middle + 1;
    else high = middle;
  }
  return 2 * (low - 1);
}
