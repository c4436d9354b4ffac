import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Case } from '../../suite/case.ts';
import { snapshotOwner } from '../../suite/snapshot-texts.ts';

/** Snapshots that belong to none of the scenarios. */
export function obsoleteSnapshots(folder: string, cases: readonly Case[]): readonly string[] {
  if (!existsSync(folder)) return [];
  const names = new Set(cases.map(({ name }) => name));
  return readdirSync(folder)
    .sort()
    .filter((file) => {
      const owner = snapshotOwner(file);
      return owner !== undefined && !names.has(owner);
    })
    .map((file) => join(folder, file));
}

export function removeSnapshots(files: readonly string[]): void {
  for (const file of files) rmSync(file, { force: true });
}
