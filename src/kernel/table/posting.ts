import { firstAbove } from './first-above.ts';

/** What stands under a value: a row's place in its table, whatever the row says at any time. */
export interface Member {
  readonly key: string;
}

/**
 * Which members stood under one value of an index at any seq. Each stay is an interval; the stays that are
 * still open are kept apart as well, because the newest state is read far more often than any other.
 */
export interface Posting<Of extends Member> {
  readonly value: string;
  readonly members: Of[];
  readonly from: number[];
  /** seq at which the stay ended; Infinity while it is open. */
  readonly to: number[];
  /** seq of the end of each stay that has ended, ascending. */
  readonly ends: number[];
  /** Position of the open stay of a member. */
  readonly open: Map<Of, number>;
  /** The members of the open stays in the order of their keys, as they were when last read. */
  sorted: readonly Of[];
  /** Members that came since, in the order in which they came. */
  came: Of[];
  /** Whether any went since. */
  hasLosses: boolean;
  /** seq of the last coming or going: from there on the open stays are the answer. */
  changedAt: number;
  /** The stays by their members' keys, as many as there were when the past was last read. */
  byKey: readonly number[];
}

export function createPosting<Of extends Member>(value: string): Posting<Of> {
  return {
    value,
    members: [],
    from: [],
    to: [],
    ends: [],
    open: new Map(),
    sorted: [],
    came: [],
    hasLosses: false,
    changedAt: 0,
    byKey: [],
  };
}

/** At `seq` the member comes under the value. */
export function enter<Of extends Member>(posting: Posting<Of>, member: Of, seq: number): void {
  posting.open.set(member, posting.members.length);
  posting.came.push(member);
  posting.members.push(member);
  posting.from.push(seq);
  posting.to.push(Number.POSITIVE_INFINITY);
  posting.changedAt = seq;
}

/** At `seq` the member leaves the value. */
export function leave<Of extends Member>(posting: Posting<Of>, member: Of, seq: number): void {
  const position = posting.open.get(member);
  if (position === undefined) return;
  posting.to[position] = seq;
  posting.ends.push(seq);
  posting.open.delete(member);
  posting.hasLosses = true;
  posting.changedAt = seq;
}

/** The members under the value at `seq`, in code-unit order of their keys. */
export function membersAt<Of extends Member>(posting: Posting<Of>, seq: number): readonly Of[] {
  return seq >= posting.changedAt ? present(posting) : past(posting, seq);
}

/** The members that came under the value after one seq and up to another, in the order in which they came. */
export function cameBetween<Of extends Member>(
  { members, from }: Posting<Of>,
  since: number,
  seq: number,
): readonly Of[] {
  const came: Of[] = [];
  for (let position = firstAbove(from, since); position < from.length; position++) {
    const member = members[position];
    if ((from[position] ?? 0) > seq) break;
    if (member) came.push(member);
  }
  return came;
}

/** How many members there were under the value at `seq`. */
export function countAt<Of extends Member>(posting: Posting<Of>, seq: number): number {
  const { changedAt, open, from, ends } = posting;
  return seq >= changedAt ? open.size : firstAbove(from, seq) - firstAbove(ends, seq);
}

/**
 * The members now, in the same order whatever branch they are read on. Sorted when read and not when written:
 * a place in a sorted list of many is dear, and most lists are read far less often.
 */
function present<Of extends Member>(posting: Posting<Of>): readonly Of[] {
  const { open, sorted, came, hasLosses } = posting;
  if (came.length === 0 && !hasLosses) return sorted;
  const kept = hasLosses ? sorted.filter((member) => open.has(member)) : sorted;
  const added = came.filter((member) => open.has(member)).sort(byKey);
  posting.sorted = added.length === 0 ? kept : merged(kept, added);
  posting.came = [];
  posting.hasLosses = false;
  return posting.sorted;
}

/** Both are sorted; a member that went and came again is in both, and stands once in what comes out. */
function merged<Of extends Member>(kept: readonly Of[], added: readonly Of[]): Of[] {
  const all: Of[] = [];
  let next = 0;
  const append = (member: Of): void => {
    if (all[all.length - 1] !== member) all.push(member);
  };
  for (const member of kept) {
    for (let come = added[next]; come && byKey(come, member) < 0; come = added[++next]) append(come);
    append(member);
  }
  for (const member of added.slice(next)) append(member);
  return all;
}

function past<Of extends Member>(posting: Posting<Of>, seq: number): Of[] {
  const { members, from, to } = posting;
  const found: Of[] = [];
  for (const position of sortedStays(posting)) {
    const member = members[position];
    if (member && (from[position] ?? 0) <= seq && seq < (to[position] ?? 0)) found.push(member);
  }
  return found;
}

/** Sorted once and not whenever the past is read: stays only come, they never change their members. */
function sortedStays<Of extends Member>(posting: Posting<Of>): readonly number[] {
  const { members } = posting;
  if (posting.byKey.length < members.length) {
    posting.byKey = members
      .map((member, position) => ({ key: member.key, position }))
      .sort(byKey)
      .map(({ position }) => position);
  }
  return posting.byKey;
}

function byKey(a: Member, b: Member): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}
