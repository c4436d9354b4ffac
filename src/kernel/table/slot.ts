import type { Version } from './version.ts';

/**
 * The versions of one row, in one flat array (seq, row, seq, row, …): there are millions, and pairs would
 * cost.
 */
export interface Versions<Row> {
  readonly versions: (number | Row | undefined)[];
}

/**
 * How a table does with fewer rows than it has versions: of each row every so many-th one is kept, and the
 * newest. One between is found again by folding the entry that wrote it.
 */
export interface Thinning {
  readonly every: number;
  /** Folds an entry again: each table that it wrote gets its rows back with `restore`. */
  refold(seq: number): void;
  /** Tells of a row that is there again; it will be dropped when others have come after it. */
  restored(of: Versions<unknown>, place: number): void;
}

/** Stands in the place of a row that was dropped. */
const DROPPED: unique symbol = Symbol('dropped');

/** Appends a version, or replaces the one that the same entry wrote before. */
export function appendVersion<Row>(
  { versions }: Versions<Row>,
  {
    row,
    seq,
    thinning,
  }: { readonly row: Row | undefined; readonly seq: number; readonly thinning?: Thinning | undefined },
): void {
  const last = versions.length - 2;
  if (versions[last] === seq) {
    versions[last + 1] = row;
    return;
  }
  versions.push(seq, row);
  if (thinning && last >= 0) dropRow({ versions }, last, thinning.every);
}

/** Drops the row of a version, if it can be found again. */
export function dropRow<Row>({ versions }: Versions<Row>, place: number, every: number): void {
  const isKept = (place / 2) % every === 0 || place === versions.length - 2;
  if (!isKept && versions[place + 1] !== undefined) (versions as unknown[])[place + 1] = DROPPED;
}

/** The row as of a seq. */
export function rowAt<Row>(of: Versions<Row>, seq: number, thinning?: Thinning): Row | undefined {
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
  thinning?: Thinning,
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
  }: { readonly row: Row | undefined; readonly seq: number; readonly thinning: Thinning },
): void {
  const place = placeAt(of.versions, seq);
  if (of.versions[place] !== seq || !isDropped(of, place)) return;
  of.versions[place + 1] = row;
  thinning.restored(of, place);
}

function rowIn<Row>(of: Versions<Row>, place: number, thinning: Thinning | undefined): Row | undefined {
  if (thinning && isDropped(of, place)) refind(of, place, thinning);
  return of.versions[place + 1] as Row | undefined;
}

/** From the last version before that is there, one after another: each follows from the one before. */
function refind<Row>(of: Versions<Row>, place: number, thinning: Thinning): void {
  let from = place;
  while (isDropped(of, from - 2)) from -= 2;
  for (let next = from; next <= place; next += 2) {
    if (!isDropped(of, next)) continue;
    const seq = of.versions[next] as number;
    thinning.refold(seq);
    if (isDropped(of, next)) throw new Error(`entry ${seq} does not write again what it wrote`);
  }
}

function isDropped<Row>({ versions }: Versions<Row>, place: number): boolean {
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
