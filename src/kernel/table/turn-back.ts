import type { VersionedTable } from './versioned-table.ts';

/** A row that is to be what it was. */
export interface TurnedBack<Row> {
  readonly key: string;
  /** What it was; undefined where there was none. */
  readonly row: Row | undefined;
}

/**
 * What has to be written after `now` for a table to hold what it held at an earlier seq, in code-unit order
 * of the keys. A row that nobody has written since is left alone.
 */
export function rowsToTurnBack<Row>(
  table: VersionedTable<Row>,
  { held, now }: { readonly held: number; readonly now: number },
): TurnedBack<Row>[] {
  const changed: TurnedBack<Row>[] = [];
  for (const [key] of table.rows(now)) {
    if ((table.changedAt(key, now) ?? 0) > held) changed.push({ key, row: table.read(key, held) });
  }
  for (const [key, row] of table.rows(held)) {
    if (table.read(key, now) === undefined) changed.push({ key, row });
  }
  return changed.sort((a, b) => (a.key < b.key ? -1 : 1));
}
