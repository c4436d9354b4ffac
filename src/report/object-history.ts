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
  { key, changes }: { readonly key: string; readonly changes: readonly number[] },
  language: string,
): readonly HistoryLine[] {
  // Whoever reads it knows of whom it is.
  const name = `${objectName(timeline, key)}: `;
  return changes.flatMap((seq) => {
    const entry = timeline.entries.of(seq);
    if (!entry) return [];
    const line = printable(entryLine(entry, timeline.worldAt(seq), language));
    const what = line.startsWith(name) ? line.slice(name.length) : line;
    const actor = printable(entry.actor).slice(0, ACTOR_CELLS).padEnd(ACTOR_CELLS);
    return [{ seq, text: `${formatClock(entry.at)} ${actor} ${what}` }];
  });
}

/** What an object is called, whether it is there or not. */
export function objectName({ facts }: Timeline, key: string): string {
  const called = facts.calledOf(key);
  if (!called) return key;
  const { kind, name, namespace } = called;
  return printable(`${kind} ${namespace === '' ? name : inNamespace(namespace, name)}`);
}

const ACTOR_CELLS = 17;
