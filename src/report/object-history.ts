import { changesOf } from '../replay/object-changes.ts';
import type { Timeline } from '../replay/timeline.ts';
import { formatClock } from './clock.ts';
import { entryLine } from './entry-line.ts';
import { nameOf } from './names.ts';
import { printable } from './printable.ts';

/** A change of an object, as a reader is told of it. */
export interface HistoryLine {
  readonly seq: number;
  readonly text: string;
}

/** All that changed an object, oldest first: when, who, what. */
export function objectHistory(timeline: Timeline, key: string, language: string): readonly HistoryLine[] {
  return changesOf(timeline, { key }).flatMap((seq) => {
    const entry = timeline.entries.of(seq);
    if (!entry) return [];
    const what = printable(entryLine(entry, timeline.worldAt(seq), language));
    return [{ seq, text: `${formatClock(entry.at)} ${entry.actor.padEnd(ACTOR_CELLS)} ${what}` }];
  });
}

/** What an object is called, whether it is there or not. */
export function objectName(timeline: Timeline, key: string): string {
  const { store, seq } = timeline.worldAt(timeline.entries.length);
  const object = store.tables.objects.versions(key, seq).find(({ row }) => row)?.row;
  return object ? printable(nameOf(object)) : key;
}

const ACTOR_CELLS = 17;
