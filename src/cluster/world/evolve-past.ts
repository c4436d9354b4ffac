import type { Tables } from '../../kernel/table/store.ts';
import type { PastFound } from '../contract/past-event.ts';
import type { WorldRows } from './world.ts';

/** What is there already when the log begins. */
export function evolvePast(tables: Tables<WorldRows>, { tables: found }: PastFound, seq: number): void {
  for (const [name, rows] of Object.entries(found)) {
    const table = tables[name as keyof WorldRows] as unknown as Writable | undefined;
    if (!table) continue;
    for (const [key, row] of Object.entries(rows)) table.write(key, row, seq);
  }
}

interface Writable {
  write(key: string, row: unknown, seq: number): void;
}
