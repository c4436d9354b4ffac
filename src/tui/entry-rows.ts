import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';
import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { type Player, selectedEntry } from '../replay/player/player.ts';
import { firstAbove } from '../replay/seek.ts';
import type { Timeline } from '../replay/timeline.ts';
import { beginningOf, notableCauses, why } from '../replay/why.ts';
import { formatClock } from '../report/clock.ts';
import { entryLine } from '../report/entry-line.ts';
import { printable } from '../report/printable.ts';

export interface EntryRow {
  readonly seq: number;
  readonly text: string;
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

/** The entries around the cursor, as many as there is room for. */
export function entryRows({ timeline, player, language }: Reader, room: number): readonly EntryRow[] {
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
      text: rowText(timeline, seq, language),
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
  const isCut = stringWidth(rowText(timeline, seq, language)) >= width;
  // What is told stands in the story.
  const text = isCut && entry && entry.event.type !== 'StepBegan' ? lineOf(timeline, entry, language) : '';
  const whole = text === '' ? [] : wrapAnsi(text, width - 2, { hard: true }).split('\n');
  const head = whole.slice(0, Math.max(1, height - 2));
  const room = height - head.length;
  const causes = player.detailed ? why(timeline, seq) : notableCauses(timeline, seq);
  const nearest = firstOf(causes, room + 1).map((cause) => causeText(timeline, cause, language));
  if (nearest.length <= room) return { whole: head, causes: nearest };
  const first = player.detailed
    ? timeline.entries.of(timeline.facts.originOf(seq))
    : beginningOf(timeline, seq);
  const beginning = first ? [`… ${causeText(timeline, first, language)}`] : [];
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

function rowText(timeline: Timeline, seq: number, language: string): string {
  const entry = timeline.entries.of(seq);
  if (!entry) return '';
  const actor = entry.actor.slice(0, ACTOR_CELLS).padEnd(ACTOR_CELLS);
  return `${formatClock(entry.at)} ${actor} ${lineOf(timeline, entry, language)}`;
}

function causeText(timeline: Timeline, entry: Entry<Event>, language: string): string {
  return `${formatClock(entry.at)} ${entry.actor}: ${lineOf(timeline, entry, language)}`;
}

function lineOf(timeline: Timeline, entry: Entry<Event>, language: string): string {
  return printable(entryLine(entry, timeline.worldAt(entry.seq), language));
}
