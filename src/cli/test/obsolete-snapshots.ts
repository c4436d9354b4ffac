import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Case, CaseResult } from '../../suite/case.ts';
import { snapshotName, snapshotOwner } from '../../suite/snapshot-texts.ts';

/** Snapshots that belong to none of the scenarios, or to a branch or a language that one of them had. */
export function obsoleteSnapshots(
  folder: string,
  cases: readonly Case[],
  results: readonly CaseResult[],
): readonly string[] {
  if (!existsSync(folder)) return [];
  const names = new Set(cases.map(ownerOf));
  // Of those that were run it is known which they have.
  const run = new Set(results.filter(({ snapshots }) => snapshots.length > 0).map(ownerOf));
  const had = new Set(results.flatMap(({ snapshots }) => snapshots.map(({ file }) => file)));
  return readdirSync(folder)
    .sort()
    .filter((file) => {
      const owner = snapshotOwner(file);
      if (owner === undefined) return false;
      return !names.has(owner) || (run.has(owner) && !had.has(join(folder, file)));
    })
    .map((file) => join(folder, file));
}

/** How long the log of a case is that was kept, in bytes; 0 where none was. */
export function keptBytes(of: Case, folder: string): number {
  return statSync(join(folder, `${ownerOf(of)}.ndjson`), { throwIfNoEntry: false })?.size ?? 0;
}

/** The scenario's own name, without its case. */
function ownerOf({ name, case: title }: Case): string {
  const own = title === undefined ? name : name.slice(0, -` [${title}]`.length);
  return snapshotName({ name: own, ...(title !== undefined && { case: title }) });
}

export function removeSnapshots(files: readonly string[]): void {
  for (const file of files) rmSync(file, { force: true });
}
