import { type Member, membersAt, type Posting } from './posting.ts';

/**
 * The rows under one value of an index as lists. While nothing under the value changes, the list is the very
 * same array, so what follows from it can be kept with it; after a change it is a copy in which only that
 * row is another. A list is asked for by watchers that lag a little behind each other, so a few are kept.
 */
export interface Listing<Of extends Member, Row> {
  readonly posting: Posting<Of>;
  /** seq of the last change under the value, of a row or of the company it keeps. */
  touchedAt: number;
  /** The changes since `since`, oldest first; undefined while nobody has asked for a list of late. */
  journal: Journal<Of> | undefined;
  lists: Kept<Of, Row>[];
}

interface Journal<Of> {
  readonly since: number;
  readonly seqs: number[];
  readonly members: Of[];
}

/** A list, and the states that have it: those from `from` to before `to`. */
interface Kept<Of, Row> {
  readonly from: number;
  to: number;
  readonly members: readonly Of[];
  readonly rows: readonly Row[];
}

/** The row of a member at a seq, if it stands under the value then. */
export type RowAt<Of, Row> = (member: Of, seq: number) => Row | undefined;

const KEPT_LISTS = 6;
/** Short lists are made faster than found. */
const SHORT = 6;
/** A journal grows no longer than the list could be made anew for. */
const JOURNAL_SLACK = 64;

/** Notes that the row of a member changed, or that it came or went. */
export function touch<Of extends Member, Row>(listing: Listing<Of, Row>, member: Of, seq: number): void {
  listing.touchedAt = seq;
  const { journal, lists, posting } = listing;
  if (!journal) return;
  if (journal.seqs.length > JOURNAL_SLACK + 2 * posting.open.size) {
    listing.journal = undefined;
    listing.lists = [];
    return;
  }
  journal.seqs.push(seq);
  journal.members.push(member);
  // A list that was read while this very entry was being folded is of no state.
  if (lists.some(({ from }) => from >= seq)) listing.lists = lists.filter(({ from }) => from < seq);
  for (const list of lists) if (list.to > seq) list.to = seq;
}

/** The rows under the value at `seq`, in code-unit order of their keys. */
export function rowsUnder<Of extends Member, Row>(
  listing: Listing<Of, Row>,
  seq: number,
  rowAt: RowAt<Of, Row>,
): readonly Row[] {
  const { posting } = listing;
  if (posting.members.length <= SHORT) return rowsOf(membersAt(posting, seq), seq, rowAt).rows;
  for (const list of listing.lists) if (list.from <= seq && seq < list.to) return list.rows;
  listing.journal ??= { since: listing.touchedAt, seqs: [], members: [] };
  const { journal } = listing;
  if (seq < journal.since) return rowsOf(membersAt(posting, seq), seq, rowAt).rows;
  const next = firstAfter(journal.seqs, seq);
  const from = journal.seqs[next - 1] ?? journal.since;
  const base = nearest(listing.lists, seq);
  const made = base
    ? rebased(base, { journal, next, seq }, rowAt)
    : rowsOf(membersAt(posting, seq), seq, rowAt);
  const { members, rows } = made;
  const list = { from, to: journal.seqs[next] ?? Number.POSITIVE_INFINITY, members, rows };
  if (listing.lists.length >= KEPT_LISTS) listing.lists.shift();
  listing.lists.push(list);
  return list.rows;
}

/** The same without keeping anything. */
export function rowsNow<Of extends Member, Row>(
  { posting }: Listing<Of, Row>,
  seq: number,
  rowAt: RowAt<Of, Row>,
): readonly Row[] {
  return rowsOf(membersAt(posting, seq), seq, rowAt).rows;
}

type Made<Of, Row> = Pick<Kept<Of, Row>, 'members' | 'rows'>;

function rowsOf<Of, Row>(candidates: readonly Of[], seq: number, rowAt: RowAt<Of, Row>): Made<Of, Row> {
  const members: Of[] = [];
  const rows: Row[] = [];
  for (const member of candidates) {
    const row = rowAt(member, seq);
    if (row === undefined) continue;
    members.push(member);
    rows.push(row);
  }
  return { members, rows };
}

function nearest<Of, Row>(lists: readonly Kept<Of, Row>[], seq: number): Kept<Of, Row> | undefined {
  let best: Kept<Of, Row> | undefined;
  for (const list of lists) {
    if (!best || Math.abs(list.from - seq) < Math.abs(best.from - seq)) best = list;
  }
  return best;
}

interface Target<Of> {
  readonly journal: Journal<Of>;
  /** Position in the journal of the first change after `seq`. */
  readonly next: number;
  readonly seq: number;
}

/** Another list with what changed between the two, whichever is the earlier, as it is at `seq`. */
function rebased<Of extends Member, Row>(
  base: Kept<Of, Row>,
  { journal, next, seq }: Target<Of>,
  rowAt: RowAt<Of, Row>,
): Made<Of, Row> {
  const start = firstAfter(journal.seqs, base.from);
  const changed = journal.members.slice(Math.min(start, next), Math.max(start, next));
  let members: Of[] | undefined;
  const rows = base.rows.slice();
  for (const member of changed) {
    const place = placeOf(members ?? base.members, member.key);
    const row = rowAt(member, seq);
    const isIn = (members ?? base.members)[place] === member;
    if (isIn && row !== undefined) rows[place] = row;
    else if (isIn || row !== undefined) {
      members ??= base.members.slice();
      members.splice(place, isIn ? 1 : 0, ...(isIn ? [] : [member]));
      rows.splice(place, isIn ? 1 : 0, ...(row === undefined ? [] : [row]));
    }
  }
  return { members: members ?? base.members, rows };
}

/** Where a key stands in sorted members, or would stand. */
function placeOf(members: readonly Member[], key: string): number {
  let low = 0;
  let high = members.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((members[middle]?.key ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Position of the first number above `limit`. */
function firstAfter(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
