import type { Tables } from '../../kernel/table/store.ts';
import type { Change } from '../contract/api-event.ts';
import type { WatchedFrom } from '../contract/reader.ts';
import { storagePrefix } from '../objects/storage-key.ts';
import type { WorldRows } from './world.ts';

/**
 * The changes of a resource after a revision and up to `seq`, in order: what a watch that begins there has
 * reported. An object that was made and deleted again in between does not show.
 */
export function changesAfter(
  tables: Tables<WorldRows>,
  { resource, namespace, revision }: WatchedFrom,
  seq: number,
): Change[] {
  const prefix = storagePrefix(resource);
  const [index, value] =
    namespace === undefined ? ['resource', prefix] : ['folder', `${prefix}${namespace}/`];
  const changes: Change[] = [];
  for (const key of keysSince(tables, { index, value, revision }, seq)) {
    if (revisionAt(tables, tables.objects.changedAt(key, seq) ?? 0) <= revision) continue;
    const versions = tables.objects.versions(key, seq);
    for (let at = versions.length - 1; at >= 0; at--) {
      const version = versions[at];
      const written = version === undefined ? 0 : revisionAt(tables, version.seq);
      if (version === undefined || written <= revision) break;
      const before = versions[at - 1]?.row;
      const { row } = version;
      const base = { resource, key, seq: version.seq };
      if (row !== undefined) {
        changes.push({
          ...base,
          type: before ? 'MODIFIED' : 'ADDED',
          object: row,
          ...(before && { before }),
        });
      } else if (before !== undefined) {
        const metadata = { ...before.metadata, resourceVersion: String(written) };
        changes.push({ ...base, type: 'DELETED', object: { ...before, metadata }, before });
      }
    }
  }
  return changes.sort((a, b) => a.seq - b.seq);
}

interface Under {
  readonly index: string;
  readonly value: string;
  readonly revision: number;
}

/** Keys under a value now, or when the store was at the revision. */
function keysSince(tables: Tables<WorldRows>, { index, value, revision }: Under, seq: number): Set<string> {
  const keys = new Set(tables.objects.keysBy(index, value, seq));
  for (const key of tables.objects.keysBy(index, value, seqOf(tables, revision, seq))) keys.add(key);
  return keys;
}

/** seq of the last entry at which the store was not yet past a revision. */
function seqOf(tables: Tables<WorldRows>, revision: number, seq: number): number {
  let low = 0;
  let high = seq;
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
