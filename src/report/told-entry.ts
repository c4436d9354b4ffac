import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import type { Millis } from '../kernel/time/millis.ts';
import { causeOf } from '../replay/cause-of.ts';
import type { Moment } from '../replay/seek.ts';
import { subjectOf } from '../replay/subject.ts';
import type { Timeline } from '../replay/timeline.ts';
import { formatClock } from './clock.ts';
import { entryLine } from './entry-line.ts';
import { printable } from './printable.ts';

/** An entry as a person or a program outside is told of it; the names are those of `--json`. */
export interface ToldEntry {
  readonly seq: number;
  /** Virtual milliseconds. */
  readonly at: Millis;
  /** The same as a person reads it: `01:02.114`. */
  readonly time: string;
  readonly actor: string;
  /** seq of the entry that led to it; null where it began something. */
  readonly cause: number | null;
  readonly type: Event['type'];
  /** The object that it is about; absent where it is about none. */
  readonly object?: ToldObject;
  /** In one line. */
  readonly what: string;
}

export interface ToldObject {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** What there is to tell of an entry, in one line where `--lang` matters. */
export function tellEntry(timeline: Timeline, entry: Entry<Event>, language: string): ToldEntry {
  const { seq, at, actor, event } = entry;
  const key = subjectOf(timeline, seq);
  const object = key === undefined ? undefined : toldObject(timeline, key);
  return {
    seq,
    at,
    time: formatClock(at),
    actor,
    cause: causeOf(entry),
    type: event.type,
    ...(object && { object }),
    what: printable(entryLine(entry, timeline.worldAt(seq), language)),
  };
}

/** What an object is called; undefined for one that has never been there. */
function toldObject(timeline: Timeline, key: string): ToldObject | undefined {
  const called = timeline.facts.calledOf(key);
  if (!called) return undefined;
  const { kind, namespace, name } = called;
  return { kind, ...(namespace !== '' && { namespace }), name };
}

/** An instant as it was found in a log. */
export interface ToldPlace {
  /** The last entry that is past; 0 before the first. */
  readonly seq: number;
  /** Virtual milliseconds. */
  readonly at: Millis;
  readonly time: string;
}

export function toldPlace({ cursor, clock }: Moment): ToldPlace {
  return { seq: cursor, at: clock, time: formatClock(clock) };
}

/** How wide the columns before the text are, for entries that stand one below another. */
export interface EntryColumns {
  readonly seq: number;
  readonly time: number;
  readonly actor: number;
}

/** The longest actor's name that others are aligned with. */
const ACTOR_CELLS_MAX = 24;

/** Columns that hold any entry of a log. */
export function entryColumns({ entries, facts, duration }: Timeline): EntryColumns {
  let longest = 0;
  for (let seq = 1; seq <= entries.length; seq++) longest = Math.max(longest, facts.actor.textAt(seq).length);
  return {
    seq: String(entries.length).length,
    time: formatClock(duration).length,
    actor: Math.min(longest, ACTOR_CELLS_MAX),
  };
}

/** `412  01:02.114  kubelet/node-1  Pod web: ready 0/1 → 1/1  ← 405` */
export function entryText({ seq, time, actor, cause, what }: ToldEntry, columns: EntryColumns): string {
  const cells = [
    String(seq).padStart(columns.seq),
    time.padStart(columns.time),
    printable(actor).padEnd(columns.actor),
    what,
    ...(cause === null ? [] : [`← ${cause}`]),
  ];
  return cells.join('  ');
}
