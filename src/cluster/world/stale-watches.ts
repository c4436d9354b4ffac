import type { Tables } from '../../kernel/table/store.ts';
import { resourceFolder, type WorldRows } from './world.ts';

/**
 * A watch that went on through a restore from a revision that the store has not reached yet. The API server
 * takes it and keeps silent until the revision is past it (apiserver: cacher.go, a watch reports what is
 * newer than its resourceVersion); what it reports then is put on top of a cache from before.
 */
export interface StaleWatch {
  /** seq of the restore. */
  readonly restoredAt: number;
  /** The revision that it waits for the store to pass. */
  readonly waitsFor: number;
}

/** What of an actor's watch cache is not the store as it is. */
export interface Staleness {
  /**
   * By the folder of a resource (`/registry/pods/`), the latest restore first; absent: it follows the store.
   */
  readonly watches: ReadonlyMap<string, readonly StaleWatch[]>;
  /** seq from which on a resource follows the store again: it was listed anew. */
  readonly listedAt: ReadonlyMap<string, number>;
  /** seq from which on what there is of a resource is known, and what is gone is not. */
  readonly metAt: ReadonlyMap<string, number>;
  /** Keys of what the actor itself has made since, and waits to hear of: it takes them to be there. */
  readonly expected?: ReadonlySet<string>;
}

type Rows = Pick<Tables<WorldRows>, 'objects' | 'counters'>;

/** The watches of a resource that hold at `seq`, the latest first. */
export function watchesAt(
  { watches, listedAt }: Staleness,
  folder: string,
  seq: number,
): readonly StaleWatch[] {
  const all = watches.get(folder) ?? NONE;
  const listed = listedAt.get(folder);
  if (all.length === 0 || listed === undefined || listed > seq)
    return all.filter((each) => each.restoredAt <= seq);
  return all.filter(({ restoredAt }) => restoredAt <= seq && restoredAt > listed);
}

const NONE: readonly StaleWatch[] = [];

/**
 * The seq whose version of an object a cache at `seq` holds: that of the restore's eve, unless a watch has
 * reported it since.
 */
export function seqSeen(
  { objects, counters }: Rows,
  { key, seq }: { readonly key: string; readonly seq: number },
  staleness: Staleness,
): number {
  let seen = seq;
  const folder = resourceFolder(key);
  const isMet = (staleness.metAt.get(folder) ?? Number.POSITIVE_INFINITY) <= seq;
  if (staleness.expected?.has(key) || (isMet && objects.read(key, seq) !== undefined)) return seen;
  for (const { restoredAt, waitsFor } of watchesAt(staleness, folder, seq)) {
    const written = objects.changedAt(key, seen) ?? 0;
    if (written > restoredAt && (counters.read('revision', written)?.value ?? 0) > waitsFor) return seen;
    seen = Math.min(seen, restoredAt - 1);
  }
  return seen;
}

/** Whether a change with a revision is kept from an actor at `seq`. */
export function isSilent(staleness: Staleness, folder: string, { seq, revision }: Reported): boolean {
  if ((staleness.metAt.get(folder) ?? Number.POSITIVE_INFINITY) <= seq) return false;
  return watchesAt(staleness, folder, seq).some(({ waitsFor }) => revision <= waitsFor);
}

interface Reported {
  readonly seq: number;
  readonly revision: number;
}

/** All seqs at which a cache may hold something of a folder. */
export function seqsHeld(staleness: Staleness, seq: number, folder?: string): readonly number[] {
  const folders = folder === undefined ? [...staleness.watches.keys()] : [folder];
  const held = folders.flatMap((each) =>
    watchesAt(staleness, each, seq).map(({ restoredAt }) => restoredAt - 1),
  );
  return [...new Set([seq, ...held])].sort((a, b) => b - a);
}
