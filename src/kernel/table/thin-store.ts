import type { Indexes } from './contents.ts';
import type { Steps, Thinning, Versions } from './slot.ts';
import { dropRow } from './slot.ts';
import type { Store, StoreShape } from './store.ts';
import { createThinTable, type ThinTable, type VersionedTable } from './versioned-table.ts';

export interface ThinOptions<Rows> {
  /** Of each row every so many-th version is kept. */
  readonly every: number;
  /** Folds an entry again into a store that stands before it. */
  readonly fold: (store: Store<Rows>, seq: number) => void;
  /** Of the tables whose rows are found without folding whole entries. */
  readonly steps?: { readonly [Name in keyof Rows]?: Steps<Rows[Name]> };
}

/** A store that does not keep all rows, and need not make all of them. */
export interface ThinStore<Rows> extends Store<Rows> {
  readonly tables: ThinTables<Rows>;
}

/** So many rows that were found again are kept: a screen asks for the same ones again and again. */
const KEPT_AGAIN = 20_000;

/**
 * A store for logs that are too long for all their rows to be kept: it finds those that it has dropped by
 * folding their entries again, so it reads as any other store does.
 */
export function createThinStore<Rows>(
  shape: StoreShape<Rows>,
  { every, fold, steps }: ThinOptions<Rows>,
): ThinStore<Rows> {
  const ring = createRing();
  const stages: Stage<Rows>[] = [];
  let depth = 0;
  const thinning: Thinning<never> = {
    every,
    restored: ring,
    refold(seq) {
      // To fold an entry may take a row that has been dropped as well.
      stages[depth] ??= createStage(tables, shape);
      const stage = stages[depth];
      depth++;
      try {
        stage?.fold(fold, seq);
      } finally {
        depth--;
      }
    },
  };
  const tables = Object.fromEntries(
    Object.entries(shape).map(([name, indexes]) => {
      const ofTable = { ...thinning, steps: steps?.[name as keyof Rows] as never };
      return [name, createThinTable(indexes as never, ofTable)];
    }),
  ) as unknown as ThinTables<Rows>;
  return { tables, head: 0 };
}

type ThinTables<Rows> = { readonly [Name in keyof Rows]: ThinTable<Rows[Name]> };

/** Where entries are folded again: what is written there is put back where it was dropped. */
interface Stage<Rows> {
  fold(fold: ThinOptions<Rows>['fold'], seq: number): void;
}

function createStage<Rows>(tables: ThinTables<Rows>, shape: StoreShape<Rows>): Stage<Rows> {
  const position = { seq: 0 };
  const staged = Object.entries(tables).map(
    ([name, table]) =>
      [
        name,
        stagedTable(table as ThinTable<unknown>, {
          position,
          indexes: shape[name as keyof Rows] as Indexes<unknown>,
        }),
      ] as const,
  );
  const store = {
    tables: Object.fromEntries(staged.map(([name, { table }]) => [name, table])),
    head: 0,
  } as unknown as Store<Rows>;
  return {
    fold(fold, seq) {
      position.seq = seq;
      store.head = seq - 1;
      fold(store, seq);
      for (const [, { putBack }] of staged) putBack();
    },
  };
}

/** A table as it is before an entry, and with what the entry has written so far. */
function stagedTable<Row>(
  origin: ThinTable<Row>,
  { position, indexes }: { readonly position: { readonly seq: number }; readonly indexes: Indexes<Row> },
): { readonly table: VersionedTable<Row>; readonly putBack: () => void } {
  const written = new Map<string, Row | undefined>();
  const before = (seq: number): number => Math.min(seq, position.seq - 1);
  const isOwn = (key: string, seq: number): boolean => seq >= position.seq && written.has(key);
  const isStaged = (seq: number): boolean => seq >= position.seq && written.size > 0;
  const standsUnder = (name: string, key: string, row: Row): string | undefined => {
    const index = indexes[name];
    return typeof index === 'function' ? index(row) : index?.ofKey(key);
  };
  const keysBy = (name: string, value: string, seq: number): readonly string[] => {
    const keys = origin.keysBy(name, value, before(seq));
    if (!isStaged(seq)) return keys;
    const own = [...written].filter(
      ([key, row]) => row !== undefined && standsUnder(name, key, row) === value,
    );
    return [...keys.filter((key) => !written.has(key)), ...own.map(([key]) => key)].sort();
  };
  const table: VersionedTable<Row> = {
    ...origin,
    read: (key, seq) => (isOwn(key, seq) ? written.get(key) : origin.read(key, before(seq))),
    changedAt: (key, seq) => (isOwn(key, seq) ? position.seq : origin.changedAt(key, before(seq))),
    write: (key, row) => written.set(key, row),
    rows: (seq) => origin.rows(before(seq)),
    keysBy,
    keysThatCame: (name, value, since, seq) => origin.keysThatCame(name, value, since, before(seq)),
    writtenBy: (name, value, seq) => origin.writtenBy(name, value, before(seq)),
    list: (name, value, seq) =>
      isStaged(seq)
        ? keysBy(name, value, seq).flatMap((key) => table.read(key, seq) ?? [])
        : origin.list(name, value, before(seq)),
    countBy: (name, value, seq) =>
      isStaged(seq) ? keysBy(name, value, seq).length : origin.countBy(name, value, before(seq)),
    versions: (key, seq) => origin.versions(key, before(seq)),
    latest: (key, seq) => origin.latest(key, before(seq)),
    writesOf: (key, seq) => origin.writesOf(key, before(seq)),
  };
  return {
    table,
    putBack() {
      if (written.size === 0) return;
      for (const [key, row] of written) origin.restore(key, row, position.seq);
      written.clear();
    },
  };
}

/** The rows that are there again; the oldest goes when another comes. */
function createRing(): Thinning<never>['restored'] {
  const rows: Versions<unknown>[] = [];
  const places: number[] = [];
  let next = 0;
  return (of, place) => {
    const oldest = rows[next];
    if (oldest) dropRow(oldest, places[next] ?? 0);
    rows[next] = of;
    places[next] = place;
    next = (next + 1) % KEPT_AGAIN;
  };
}
