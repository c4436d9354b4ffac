import type { ObjectReader } from '../contract/reader.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import { asking, type Position } from './readers.ts';
import { type Staleness, seqSeen, seqsHeld, watchesAt } from './stale-watches.ts';
import { objectIndexes, resourceFolder } from './world.ts';

/**
 * Reads a watch cache that is from the future of a store that was turned back: what it held before, and on
 * top of it what its watches have reported since.
 */
export function staleReader(position: Position, plain: ObjectReader): ObjectReader {
  const staleness = (): Staleness => position.staleness ?? NOTHING_STALE;
  const seen = (key: string): number => seqSeen(position.tables, { key, seq: position.seq }, staleness());
  const read = (key: string): KubeObject | undefined => position.tables.objects.read(key, seen(key));
  const lists = new Map<string, KeptList>();
  const listed = (index: string, value: string): readonly KubeObject[] => {
    const name = `${index} ${value}`;
    const { seq, tables } = position;
    const known = lists.get(name);
    const isOfThen = known?.seq === seq && known.tables === tables && known.staleness === staleness();
    if (known && isOfThen) return known.rows;
    const rows = rowsSeen({ position, staleness: staleness(), read }, index, value);
    // What follows from a list is kept with it, so one that says the same is the same.
    const kept = known && isSameList(known.rows, rows) ? known.rows : rows;
    lists.set(name, { seq, tables, staleness: staleness(), rows: kept });
    return kept;
  };
  return {
    ...plain,
    ...asking({ read, listed }),
    changedAt: (key) => position.tables.objects.changedAt(key, seen(key)),
    // What was found in such a cache is not brought forward: it is no state of the store.
    mark: () => ({ store: lists, seq: position.seq }),
    changedUnder: () => undefined,
  };
}

const NOTHING_STALE: Staleness = { watches: new Map(), listedAt: new Map(), metAt: new Map() };

interface KeptList {
  readonly seq: number;
  readonly tables: Position['tables'];
  readonly staleness: Staleness;
  readonly rows: readonly KubeObject[];
}

interface Seen {
  readonly position: Position;
  readonly staleness: Staleness;
  readonly read: (key: string) => KubeObject | undefined;
}

/** In the order of their keys. */
function rowsSeen({ position, staleness, read }: Seen, index: string, value: string): readonly KubeObject[] {
  const { objects } = position.tables;
  const ofKey = index === 'resource' || index === 'folder';
  const folder = ofKey ? resourceFolder(value) : undefined;
  if (folder !== undefined && watchesAt(staleness, folder, position.seq).length === 0)
    return objects.list(index, value, position.seq);
  const keys = new Set<string>();
  for (const seq of seqsHeld(staleness, position.seq, folder))
    for (const key of objects.keysBy(index, value, seq)) keys.add(key);
  const found = objectIndexes[index];
  return [...keys].sort().flatMap((key) => {
    const row = read(key);
    if (row === undefined) return [];
    return ofKey || (typeof found === 'function' && found(row) === value) ? [row] : [];
  });
}

function isSameList(a: readonly KubeObject[], b: readonly KubeObject[]): boolean {
  return a.length === b.length && a.every((row, index) => row === b[index]);
}
