import { emptyWorld, type World } from '../../src/cluster/world/world.ts';
import type { Version } from '../../src/kernel/table/version.ts';
import type { VersionedTable } from '../../src/kernel/table/versioned-table.ts';
import { deepFreeze } from './deep-freeze.ts';

export interface WrittenWorld {
  readonly world: World;
  /** Every version of every row that was ever written, by table and key. */
  versions(): ReadonlyMap<string, readonly Version<unknown>[]>;
}

/** An empty world that notes which rows are written, and freezes each deep as it is. */
export function writtenWorld(): WrittenWorld {
  const empty = emptyWorld();
  const keys = new Map<VersionedTable<unknown>, Set<string>>();
  const watched = (table: VersionedTable<unknown>): VersionedTable<unknown> => {
    const own = new Set<string>();
    keys.set(table, own);
    return {
      ...table,
      write(key, row, seq) {
        own.add(key);
        table.write(key, deepFreeze(row), seq);
      },
    };
  };
  const written = Object.entries(empty.store.tables as Readonly<Record<string, VersionedTable<unknown>>>);
  const tables = Object.fromEntries(written.map(([name, table]) => [name, watched(table)]));
  const store = { ...empty.store, tables } as unknown as World['store'];
  return {
    world: { ...empty, store },
    versions() {
      const all = written.flatMap(([name, table]) =>
        [...(keys.get(table) ?? [])].map(
          (key) => [`${name} ${key}`, table.versions(key, Number.MAX_SAFE_INTEGER)] as const,
        ),
      );
      return new Map(all.sort(([one], [other]) => (one < other ? -1 : 1)));
    },
  };
}
