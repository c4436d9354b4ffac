import type { Timeline } from '../replay/timeline.ts';
import { formatClock } from './clock.ts';
import { entryLine } from './entry-line.ts';
import { inNamespace } from './names.ts';
import { printable } from './printable.ts';

/** A change of an object, as a reader is told of it. */
export interface HistoryLine {
  readonly seq: number;
  readonly text: string;
}

/** Some of the changes of an object: when, who, what. */
export function historyLines(
  timeline: Timeline,
  changes: readonly number[],
  language: string,
): readonly HistoryLine[] {
  return changes.flatMap((seq) => {
    const entry = timeline.entries.of(seq);
    if (!entry) return [];
    const what = printable(entryLine(entry, timeline.worldAt(seq), language));
    return [{ seq, text: `${formatClock(entry.at)} ${entry.actor.padEnd(ACTOR_CELLS)} ${what}` }];
  });
}

/** What an object is called, whether it is there or not. */
export function objectName({ facts }: Timeline, key: string): string {
  const called = facts.calledOf(key);
  return called ? printable(`${called.kind} ${inNamespace(called.namespace, called.name)}`) : key;
}

const ACTOR_CELLS = 17;
