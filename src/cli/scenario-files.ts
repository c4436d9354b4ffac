import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { nearMiss } from '../cluster/objects/shape/near-miss.ts';
import { BadInput } from './exit.ts';
import { PACKAGE_ROOT } from './package-root.ts';

/** A scenario's text files by their path below its folder, and which of them is the scenario. */
export interface ScenarioFiles {
  /** Its folder, as the reader would name it. */
  readonly shown: string;
  readonly entry: string;
  readonly files: Readonly<Record<string, string>>;
  /** Symbolic links in it, which are not followed. */
  readonly links: readonly string[];
}

/** Beyond this a folder is not a scenario's, and reading it would only take long. */
const MAX_FILES = 500;
const MAX_BYTES = 8 * 1024 * 1024;

const ENTRY = 'scenario.yaml';
/** The folder of the scenarios that come with the program. */
export const SCENARIOS = join(PACKAGE_ROOT, 'scenarios');

/** Names of the scenarios that come with the program, in order. */
export function bundledNames(): readonly string[] {
  return readdirSync(SCENARIOS)
    .filter((name) => existsSync(join(SCENARIOS, name, ENTRY)))
    .sort();
}

/** Reads a scenario by its folder, its file or its bundled name. Throws BadInput when there is none. */
export function readScenarioFiles(what: string): ScenarioFiles {
  const found = statSync(what, { throwIfNoEntry: false });
  if (found?.isDirectory()) return readScenario({ folder: what, shown: what, entry: ENTRY });
  if (found?.isFile())
    return readScenario({ folder: dirname(what), shown: dirname(what), entry: basename(what) });
  if (found) throw new BadInput(({ files }) => files.neither(what));
  const names = bundledNames();
  if (names.includes(what)) return readScenario({ folder: join(SCENARIOS, what), shown: what, entry: ENTRY });
  const isPath = /[/\\]|\.\w+$/.test(what);
  if (isPath) throw new BadInput(({ files }) => files.nothing(what));
  const meant = nearMiss(what, names);
  throw new BadInput((words) => words.files.noScenario(what, { meant, entry: ENTRY }));
}

function readScenario({
  folder,
  shown,
  entry,
}: {
  readonly folder: string;
  readonly shown: string;
  readonly entry: string;
}): ScenarioFiles {
  if (!existsSync(join(folder, entry)))
    throw new BadInput(({ files }) => files.hasNo(shown, { entry, below: scenariosBelow(folder, shown) }));
  if (!/\.(ya?ml|json)$/.test(entry))
    throw new BadInput(({ files }) => files.notScenario(join(shown, entry)));
  const reading: Reading = { files: {}, links: [], left: { files: MAX_FILES, bytes: MAX_BYTES } };
  readBelow(folder, '', reading);
  // Whoever names the scenario's own file means it, be it a link.
  reading.files[entry] ??= readFileSync(join(folder, entry), 'utf8');
  return { shown, entry, files: reading.files, links: reading.links };
}

/** All text files of a folder that need not be a scenario's. Throws BadInput when there is no such folder. */
export function readFolder(folder: string): Pick<ScenarioFiles, 'files' | 'links'> {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new BadInput(({ files }) => files.nothing(folder));
  const reading: Reading = { files: {}, links: [], left: { files: MAX_FILES, bytes: MAX_BYTES } };
  readBelow(folder, '', reading);
  return { files: reading.files, links: reading.links };
}

/** Whoever names the folder above his scenarios is told which there are. */
function scenariosBelow(folder: string, shown: string): readonly string[] {
  const below = readdirSync(folder).filter((name) => existsSync(join(folder, name, ENTRY)));
  return below.sort().map((name) => join(shown, name));
}

interface Reading {
  readonly files: Record<string, string>;
  readonly links: string[];
  /** How much more may be read. */
  readonly left: { files: number; bytes: number };
}

/** A scenario is what lies in its folder: symbolic links are not followed. */
function readBelow(root: string, below: string, reading: Reading): void {
  for (const name of readdirSync(join(root, below)).sort()) {
    if (name.startsWith('.') || name === 'node_modules') continue;
    const path = below === '' ? name : `${below}/${name}`;
    const found = lstatSync(join(root, path));
    if (found.isDirectory()) readBelow(root, path, reading);
    else if (found.isSymbolicLink()) reading.links.push(path);
    else if (found.isFile()) readInto(reading, root, path);
  }
}

function readInto({ files, left }: Reading, root: string, path: string): void {
  const text = readFileSync(join(root, path), 'utf8');
  left.files--;
  left.bytes -= text.length;
  if (left.files < 0 || left.bytes < 0) {
    throw new BadInput(({ files: words }) => words.tooMuch(root, { files: MAX_FILES, bytes: MAX_BYTES }));
  }
  files[path] = text;
}
