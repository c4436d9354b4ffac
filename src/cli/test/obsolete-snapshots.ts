import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Case } from '../../suite/case.ts';
import { snapshotName, snapshotOwner } from '../../suite/snapshot-texts.ts';

/** Snapshots that belong to none of the scenarios. */
export function obsoleteSnapshots(folder: string, cases: readonly Case[]): readonly string[] {
  if (!existsSync(folder)) return [];
  const names = new Set(cases.map(ownerOf));
  return readdirSync(folder)
    .sort()
    .filter((file) => {
      const owner = snapshotOwner(file);
      return owner !== undefined && !names.has(owner);
    })
    .map((file) => join(folder, file));
}

/** The scenario's own name, without its case. */
function ownerOf({ name, case: title }: Case): string {
  const own = title === undefined ? name : name.slice(0, -` [${title}]`.length);
  return snapshotName({ name: own, ...(title !== undefined && { case: title }) });
}

export function removeSnapshots(files: readonly string[]): void {
  for (const file of files) rmSync(file, { force: true });
}
