import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BadInput } from './exit.ts';

/** A scenario's text files by their path below its folder, and which of them is the scenario. */
export interface ScenarioFiles {
  readonly folder: string;
  readonly entry: string;
  readonly files: Readonly<Record<string, string>>;
}

/** Beyond this a folder is not a scenario's, and reading it would only take long. */
const MAX_FILES = 500;
const MAX_BYTES = 8 * 1024 * 1024;

/**
 * Where the scenarios that come with the program lie: beside its sources, and beside what is built of them.
 */
export function bundledScenarios(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'scenarios')) && dirname(folder) !== folder) folder = dirname(folder);
  return join(folder, 'scenarios');
}

/** Names of the scenarios that come with the program, in order. */
export function bundledNames(): readonly string[] {
  const root = bundledScenarios();
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .filter((name) => existsSync(join(root, name, 'scenario.yaml')))
    .sort();
}

/** Reads a scenario by its bundled name, its folder or its file. Throws BadInput when there is none. */
export function readScenarioFiles(what: string): ScenarioFiles {
  const path = [resolve(what), join(bundledScenarios(), what)].find((each) => existsSync(each));
  if (path === undefined) {
    throw new BadInput(
      `there is no scenario "${what}".\nIt is a folder, a scenario.yaml, or one of: ${bundledNames().join(', ')}`,
    );
  }
  const isFolder = statSync(path).isDirectory();
  const folder = isFolder ? path : dirname(path);
  const entry = isFolder ? 'scenario.yaml' : basename(path);
  if (!existsSync(join(folder, entry))) throw new BadInput(`${what} has no scenario.yaml`);
  const files: Record<string, string> = {};
  const budget = { bytes: MAX_BYTES, files: MAX_FILES };
  readFolder(folder, '', { files, budget });
  return { folder, entry, files };
}

interface Reading {
  readonly files: Record<string, string>;
  readonly budget: { bytes: number; files: number };
}

/** Symbolic links are not followed: a scenario is what lies in its folder. */
function readFolder(root: string, below: string, reading: Reading): void {
  for (const name of readdirSync(join(root, below)).sort()) {
    if (name.startsWith('.') || name === 'node_modules') continue;
    const path = below === '' ? name : `${below}/${name}`;
    const found = lstatSync(join(root, path));
    if (found.isDirectory()) readFolder(root, path, reading);
    else if (found.isFile()) {
      reading.budget.files--;
      reading.budget.bytes -= found.size;
      if (reading.budget.files < 0 || reading.budget.bytes < 0) {
        throw new BadInput(
          `${root} holds too much for a scenario (at most ${MAX_FILES} files and ${MAX_BYTES} bytes)`,
        );
      }
      reading.files[path] = readFileSync(join(root, path), 'utf8');
    }
  }
}
