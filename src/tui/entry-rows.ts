import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { firstAbove } from '../kernel/table/first-above.ts';
import { type Player, selectedEntry } from '../replay/player/player.ts';
import { subjectOf } from '../replay/subject.ts';
import type { Timeline } from '../replay/timeline.ts';
import { beginningOf, notableCauses, why } from '../replay/why.ts';
import { formatClock } from '../report/clock.ts';
import { entryLine } from '../report/entry-line.ts';
import { printable } from '../report/printable.ts';
import { cellsIn } from './columns.ts';
import { wrappedWords } from './wrapped.ts';

export interface EntryRow {
  readonly seq: number;
  readonly text: string;
  /**
   * `← 411`: which entry led to it; empty for one that began something, and where there is no room for it.
   */
  readonly cause: string;
  /** It is about the object that is followed. */
  readonly isOfSelected: boolean;
  /** `ahead`: it has not happened yet where the reader stands. */
  readonly place: 'past' | 'selected' | 'ahead';
  readonly isWarning: boolean;
}

/** Who looks at what. */
export interface Reader {
  readonly timeline: Timeline;
  readonly player: Player;
  readonly language: string;
}

interface Room {
  readonly width: number;
  readonly height: number;
}

export interface WhyLines {
  readonly whole: readonly string[];
  readonly causes: readonly string[];
}

const ACTOR_CELLS = 17;
/** From so many columns on entries have their numbers, and from there on their causes. */
const NUMBERS_FROM = 60;
const CAUSES_FROM = 100;

/** The entries around the cursor, as many as there is room for. */
export function entryRows(
  { timeline, player, language }: Reader,
  { width, height: room }: Room,
): readonly EntryRow[] {
  const { notable, entries, warnings } = timeline;
  const selected = selectedEntry(player, timeline);
  const past = player.detailed ? player.cursor : firstAbove(notable, player.cursor);
  const count = player.detailed ? entries.length : notable.length;
  const last = Math.min(count, Math.max(past + Math.floor(room / 4), room));
  const first = Math.max(0, last - room);
  return Array.from({ length: last - first }, (_, index): EntryRow => {
    const seq = player.detailed ? first + index + 1 : (notable[first + index] ?? 0);
    return {
      seq,
      text: rowText(timeline, seq, { language, width }),
      cause: causeText(timeline, seq, width),
      isOfSelected: player.selected !== undefined && subjectOf(timeline, seq) === player.selected,
      place: seq === selected ? 'selected' : seq > player.cursor ? 'ahead' : 'past',
      isWarning: warnings[firstAbove(warnings, seq) - 1] === seq,
    };
  });
}

/**
 * What led to the entry that the reader looks at, the nearest cause first; the first of all, at the end.
 * Where the entry's own row has no room for all that it says, that comes before.
 */
export function causeLines({ timeline, player, language }: Reader, { width, height }: Room): WhyLines {
  const seq = selectedEntry(player, timeline);
  const entry = timeline.entries.of(seq);
  const isCut = cellsIn(rowText(timeline, seq, { language, width })) >= width;
  // What is told stands in the story.
  const text = isCut && entry && entry.event.type !== 'StepBegan' ? lineOf(timeline, entry, language) : '';
  const whole = text === '' ? [] : wrappedWords(text, width - 2);
  const head = whole.slice(0, Math.max(1, height - 2));
  const room = height - head.length;
  const causes = player.detailed ? why(timeline, seq) : notableCauses(timeline, seq);
  const nearest = firstOf(causes, room + 1).map((cause) => tellingText(timeline, cause, language));
  if (nearest.length <= room) return { whole: head, causes: nearest };
  const first = player.detailed
    ? timeline.entries.of(timeline.facts.originOf(seq))
    : beginningOf(timeline, seq);
  const beginning = first ? [`… ${tellingText(timeline, first, language)}`] : [];
  return { whole: head, causes: [...nearest.slice(0, Math.max(0, room - 1)), ...beginning] };
}

/** A chain of causes may be as long as the log: no more of it is looked at than is shown. */
function firstOf(causes: Iterable<Entry<Event>>, most: number): readonly Entry<Event>[] {
  const some: Entry<Event>[] = [];
  for (const cause of causes) {
    some.push(cause);
    if (some.length >= most) break;
  }
  return some;
}

function rowText(
  timeline: Timeline,
  seq: number,
  { language, width }: { readonly language: string; readonly width: number },
): string {
  const entry = timeline.entries.of(seq);
  if (!entry) return '';
  const actor = printable(entry.actor).slice(0, ACTOR_CELLS).padEnd(ACTOR_CELLS);
  const digits = String(timeline.entries.length).length;
  const number = width >= NUMBERS_FROM ? `${String(seq).padStart(digits)} ` : '';
  return `${number}${formatClock(entry.at)} ${actor} ${lineOf(timeline, entry, language)}`;
}

function causeText({ facts }: Timeline, seq: number, width: number): string {
  const cause = facts.causeOf(seq);
  return width < CAUSES_FROM || cause === 0 ? '' : ` ← ${cause}`;
}

function tellingText(timeline: Timeline, entry: Entry<Event>, language: string): string {
  return `${formatClock(entry.at)} ${printable(entry.actor)}: ${lineOf(timeline, entry, language)}`;
}

function lineOf(timeline: Timeline, entry: Entry<Event>, language: string): string {
  return printable(entryLine(entry, timeline.worldAt(entry.seq), language));
}
