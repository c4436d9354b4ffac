import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { LogHeader } from '../kernel/log/log-format.ts';
import { branchStoryOf } from '../replay/branch-story.ts';
import { type Branch, branchNamed } from '../replay/player/travels.ts';
import { loadScenario } from '../scenario/language/load-scenario.ts';
import { writeBranch } from '../scenario/language/write-branch.ts';
import { branchHeaderOf } from '../scenario/log-header.ts';
import type { Saved } from '../tui/session.ts';
import { createLogFile } from './log-file.ts';
import type { Origin } from './playable.ts';

/** Which branch is saved, among which, and as what. */
export interface SaveOrder {
  readonly branch: Branch;
  readonly among: readonly Branch[];
  readonly as: 'log' | 'scenario';
  readonly origin: Origin;
}

/**
 * Writes a branch into the folder where the program was started, as a log or as a scenario, beside what is
 * there.
 */
export function saveBranch(order: SaveOrder): Saved {
  return order.as === 'log' ? { path: saveLog(order) } : saveScenario(order);
}

function saveLog({ branch, among, origin }: SaveOrder): string {
  const path = freePath(`${origin.header.scenario.name}-${branch.name}`, '.ndjson');
  const file = createLogFile(path, headerOf(branch, among, origin.header));
  for (const entry of branch.timeline.entries) file.append([entry]);
  file.close();
  return path;
}

/** The header of a branch names every fork that it came by. */
function headerOf({ name, from }: Branch, among: readonly Branch[], opened: LogHeader): LogHeader {
  const parent = from && branchNamed(among, from.name);
  return parent && from ? branchHeaderOf(headerOf(parent, among, opened), name, from.at) : opened;
}

function saveScenario({ branch, origin }: SaveOrder): Saved {
  if (origin.text === undefined) return { refused: 'unknown' };
  const name = `${origin.header.scenario.name}-${branch.name}`;
  const story = branchStoryOf(branch.timeline, name);
  if (!story) return { refused: 'same' };
  const files = { ...origin.files, [ENTRY]: writeBranch(origin.text, story) };
  const problem = loadScenario(files, ENTRY).diagnostics.find(({ severity }) => severity === 'error');
  if (problem) return { mistaken: problem.message };
  const folder = freePath(name, '');
  for (const [path, text] of Object.entries(files)) {
    if (/^[a-z]+:/.test(path)) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return { path: join(folder, ENTRY) };
}

const ENTRY = 'scenario.yaml';

/** Nothing that is there is overwritten. */
function freePath(name: string, ending: string): string {
  for (let number = 1; ; number++) {
    const path = `${name}${number === 1 ? '' : `-${number}`}${ending}`;
    if (!existsSync(path)) return path;
  }
}
