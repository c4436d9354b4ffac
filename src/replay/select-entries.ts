import type { Event } from '../cluster/contract/event.ts';
import { isEqualJson } from '../cluster/objects/json.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { changesOf, type Followed } from './object-changes.ts';
import type { Query } from './query.ts';
import { matcherOf, type ShownText } from './search.ts';
import type { Timeline } from './timeline.ts';
import { valueAt } from './value-at.ts';

/** Which entries of a log are wanted; what is left out does not matter. */
export interface Selection {
  /** The first and the last seq that may be among them. */
  readonly from?: number;
  readonly to?: number;
  /** Also those that only keep the components' books. */
  readonly all?: boolean;
  /** What all of them have. */
  readonly query?: Query;
  readonly shown?: ShownText;
  /** Changes of this object, or of a part of it. */
  readonly of?: Followed;
  /** Changes of what stands at this JSON pointer, in whichever object. */
  readonly pointer?: string;
  /** The last one first. */
  readonly reverse?: boolean;
}

/** The entries that are wanted, in their order. */
export function* selectEntries(
  timeline: Timeline,
  selection: Selection,
): Generator<Entry<Event>, void, void> {
  const { from = 1, to = timeline.entries.length, all, query = [], shown, of, pointer } = selection;
  const has = matcherOf(timeline, query, shown);
  for (const seq of seqsOf(timeline, { from: Math.max(1, from), to, of, reverse: selection.reverse })) {
    if (!(all || timeline.facts.isNotable(seq)) || !has(seq)) continue;
    if (pointer !== undefined && !isChangeAt(timeline, seq, pointer)) continue;
    const entry = timeline.entries.of(seq);
    if (entry) yield entry;
  }
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly of: Followed | undefined;
  readonly reverse: boolean | undefined;
}

function* seqsOf(timeline: Timeline, { from, to, of, reverse }: Range): Generator<number> {
  if (of) {
    const changes = changesOf(timeline, of).filter((seq) => seq >= from && seq <= to);
    yield* reverse ? changes.toReversed() : changes;
  } else if (reverse) for (let seq = to; seq >= from; seq--) yield seq;
  else for (let seq = from; seq <= to; seq++) yield seq;
}

/** Whether an entry changes what stands at a pointer, or an object comes or goes with something there. */
function isChangeAt(timeline: Timeline, seq: number, pointer: string): boolean {
  const key = timeline.facts.object.textAt(seq);
  if (key === '') return false;
  const { before, after } = valuesAt(timeline, { key, seq, pointer });
  return !isEqualJson(before ?? null, after ?? null);
}

/** What stood at a pointer of an object before an entry and after it. */
export function valuesAt(
  timeline: Timeline,
  { key, seq, pointer }: { readonly key: string; readonly seq: number; readonly pointer: string },
): { readonly before: unknown; readonly after: unknown } {
  const { objects } = timeline.worldAt(seq).store.tables;
  return {
    before: valueAt(objects.read(key, seq - 1), pointer),
    after: valueAt(objects.read(key, seq), pointer),
  };
}
