import { readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { globSync } from 'tinyglobby';
import { isObject } from '../../cluster/objects/json.ts';
import { casesOf } from '../../scenario/language/expand/matrix.ts';
import { readYaml } from '../../scenario/language/read-yaml.ts';
import type { Case } from '../../suite/case.ts';
import { BadInput } from '../exit.ts';
import type { Values } from '../option-types.ts';
import { bundledNames, SCENARIOS } from '../scenario-files.ts';

const PATTERNS = ['**/scenario.yaml', '**/*.scenario.yaml'];
const IGNORED = ['**/node_modules/**', '**/.*/**'];

/**
 * Scenarios, each with its cases, by what a person names: folders and everything below them, files, patterns,
 * bundled names; without any, all below where he stands. Throws BadInput for what is not there.
 */
export function findScenarios(named: readonly string[], set?: Values): readonly Case[] {
  const paths = named.length === 0 ? below('.') : named.flatMap(pathsOf);
  return [...new Set(paths)].flatMap((path) => casesAt(path, set));
}

function pathsOf(what: string): readonly string[] {
  const found = statSync(what, { throwIfNoEntry: false });
  if (found?.isFile()) return [what];
  if (found?.isDirectory()) return demanded(below(what), what);
  if (bundledNames().includes(what)) return [shownPath(join(SCENARIOS, what, 'scenario.yaml'))];
  const matched = globSync(what, { ignore: IGNORED, onlyFiles: false, expandDirectories: false });
  return demanded(
    matched.flatMap((path) => pathsOf(path.replace(/\/$/, ''))),
    what,
  );
}

function demanded(paths: readonly string[], what: string): readonly string[] {
  if (paths.length === 0) throw new BadInput(({ suite }) => suite.noScenarios(what));
  return paths;
}

function below(folder: string): readonly string[] {
  return globSync(PATTERNS, { cwd: folder, ignore: IGNORED }).map((path) => join(folder, path));
}

/** As it is reached from where one stands, if it lies below. */
function shownPath(path: string): string {
  const near = relative('.', path);
  return near.startsWith('..') ? path : near;
}

/**
 * What a scenario says of itself: a case for each combination of its matrix. One that can't be read goes by
 * its path, and fails when it is run.
 */
function casesAt(path: string, set: Values | undefined): readonly Case[] {
  const { source } = readYaml(readFileSync(path, 'utf8'), path);
  const document = source?.value;
  const metadata = isObject(document) && isObject(document['metadata']) ? document['metadata'] : {};
  const { name: own, tags } = metadata;
  const name = typeof own === 'string' ? own : path;
  const of = {
    path,
    tags: Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [],
    ...(set && { set }),
  };
  const cases = casesOf(document, set);
  // What is left of a matrix without any case is told when it is run.
  if (cases.length === 0) return [{ name, ...of }];
  return cases.map(({ title }) =>
    title === '' ? { name, ...of } : { name: `${name} [${title}]`, case: title, ...of },
  );
}
