import { isEqualJson } from '../cluster/objects/json.ts';
import type { KubeObject } from '../cluster/objects/kube-object.ts';
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
export function changesOf({ worldAt, entries }: Timeline, { key, pointer }: Followed): readonly number[] {
  const { store, seq } = worldAt(entries.length);
  const changes: number[] = [];
  let before: KubeObject | undefined;
  for (const version of store.tables.objects.versions(key, seq)) {
    if (pointer === undefined || !isSame(before, version.row, pointer)) changes.push(version.seq);
    before = version.row;
  }
  return changes;
}

/** seq of its first change after an entry. */
export function nextChange(timeline: Timeline, followed: Followed, seq: number): number | undefined {
  return changesOf(timeline, followed).find((change) => change > seq);
}

/** seq of its last change before an entry: a watchpoint that runs backwards. */
export function previousChange(timeline: Timeline, followed: Followed, seq: number): number | undefined {
  return changesOf(timeline, followed).findLast((change) => change < seq);
}

function isSame(before: KubeObject | undefined, after: KubeObject | undefined, pointer: string): boolean {
  return isEqualJson(valueAt(before, pointer) ?? null, valueAt(after, pointer) ?? null);
}
