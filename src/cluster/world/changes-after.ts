import type { Tables } from '../../kernel/table/store.ts';
import type { Version } from '../../kernel/table/version.ts';
import type { Change } from '../contract/api-event.ts';
import type { WatchedFrom } from '../contract/reader.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import { storagePrefix } from '../objects/storage-key.ts';
import { lastRestore } from './evolve-restore.ts';
import type { WorldRows } from './world.ts';

/**
 * The changes of a resource after a revision and up to `seq`, in order: what a watch that begins there has
 * reported. Of a store that was turned
 * back it is the history of the snapshot and what was written since; a watch from the future waits until the
 * revision is past its own.
 */
export function changesAfter(tables: Tables<WorldRows>, watched: WatchedFrom, seq: number): Change[] {
  const restore = lastRestore(tables, seq);
  const since = changesWithin(tables, watched, { from: restore?.at ?? 0, to: seq });
  if (!restore || watched.revision >= revisionAt(tables, restore.held)) return since;
  return [...changesAfter(tables, watched, restore.held), ...since];
}

/** Entries between which the revision only grows. */
interface Span {
  /** seq after which it begins. */
  readonly from: number;
  readonly to: number;
}

function changesWithin(
  tables: Tables<WorldRows>,
  { resource, namespace, revision }: WatchedFrom,
  span: Span,
): Change[] {
  const prefix = storagePrefix(resource);
  const [index, value] =
    namespace === undefined ? ['resource', prefix] : ['folder', `${prefix}${namespace}/`];
  const changes: Change[] = [];
  const isSeen = (at: number): boolean => at <= span.from || revisionAt(tables, at) <= revision;
  for (const key of keysSince(tables, { index, value, revision }, span)) {
    if (isSeen(tables.objects.changedAt(key, span.to) ?? 0)) continue;
    let after: Version<KubeObject> | undefined;
    for (const version of tables.objects.latest(key, span.to)) {
      if (after) pushChange(changes, { resource, key, after, before: version.row }, tables);
      after = version;
      if (isSeen(version.seq)) break;
    }
    if (after && !isSeen(after.seq)) pushChange(changes, { resource, key, after, before: undefined }, tables);
  }
  return changes.sort((a, b) => a.seq - b.seq);
}

interface Versions {
  readonly resource: string;
  readonly key: string;
  readonly after: Version<KubeObject>;
  readonly before: KubeObject | undefined;
}

function pushChange(
  changes: Change[],
  { resource, key, after: { row, seq }, before }: Versions,
  tables: Tables<WorldRows>,
): void {
  const base = { resource, key, seq };
  if (row !== undefined) {
    changes.push({ ...base, type: before ? 'MODIFIED' : 'ADDED', object: row, ...(before && { before }) });
  } else if (before !== undefined) {
    const metadata = { ...before.metadata, resourceVersion: String(revisionAt(tables, seq)) };
    changes.push({ ...base, type: 'DELETED', object: { ...before, metadata }, before });
  }
}

interface Under {
  readonly index: string;
  readonly value: string;
  readonly revision: number;
}

/** Keys under a value when the store was at the revision, or at any time since. */
function keysSince(tables: Tables<WorldRows>, { index, value, revision }: Under, span: Span): Set<string> {
  const since = seqOf(tables, revision, span);
  const keys = new Set(tables.objects.keysBy(index, value, since));
  for (const key of tables.objects.keysThatCame(index, value, since, span.to)) keys.add(key);
  return keys;
}

/** seq of the last entry of a span at which the store was not yet past a revision. */
function seqOf(tables: Tables<WorldRows>, revision: number, { from, to }: Span): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (revisionAt(tables, middle) <= revision) low = middle;
    else high = middle - 1;
  }
  return low;
}

function revisionAt(tables: Tables<WorldRows>, seq: number): number {
  return tables.counters.read('revision', seq)?.value ?? 0;
}
