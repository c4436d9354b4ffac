import { isEqualJson } from '../cluster/objects/json.ts';
import type { Timeline } from './timeline.ts';
import { valueAt } from './value-at.ts';

/** An object whose changes somebody follows, or a part of it. */
export interface Followed {
  /** Its etcd key. */
  readonly key: string;
  /** A JSON pointer into it: only what changes there counts. */
  readonly pointer?: string;
}

/** seq of each entry that changed it, ascending: it came, it became another, it went. */
export function changesOf(timeline: Timeline, followed: Followed): readonly number[] {
  return writesOf(timeline, followed).filter((seq) => isChange(timeline, followed, seq));
}

/** seq of its first change after an entry. */
export function nextChange(timeline: Timeline, followed: Followed, seq: number): number | undefined {
  return writesOf(timeline, followed).find((each) => each > seq && isChange(timeline, followed, each));
}

/** seq of its last change before an entry: a watchpoint that runs backwards. */
export function previousChange(timeline: Timeline, followed: Followed, seq: number): number | undefined {
  return writesOf(timeline, followed).findLast((each) => each < seq && isChange(timeline, followed, each));
}

function writesOf({ worldAt, entries }: Timeline, { key }: Followed): readonly number[] {
  return worldAt(entries.length).store.tables.objects.writesOf(key, entries.length);
}

/** Of a log that is too long for all objects to be kept, one is found again only where it is looked at. */
function isChange({ worldAt }: Timeline, { key, pointer }: Followed, seq: number): boolean {
  if (pointer === undefined) return true;
  const { objects } = worldAt(seq).store.tables;
  const [before, after] = [objects.read(key, seq - 1), objects.read(key, seq)];
  return !isEqualJson(valueAt(before, pointer) ?? null, valueAt(after, pointer) ?? null);
}
