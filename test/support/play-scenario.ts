import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Event } from '../../src/cluster/contract/event.ts';
import type { World } from '../../src/cluster/world/world.ts';
import type { Entry } from '../../src/kernel/log/entry.ts';
import { commits, type Run } from '../../src/kernel/run/run.ts';
import type { Choice } from '../../src/scenario/language/expand/expand-scenario.ts';
import { loadScenario } from '../../src/scenario/language/load-scenario.ts';
import { printDiagnostic } from '../../src/scenario/language/print-diagnostic.ts';
import { startScenario } from '../../src/scenario/play.ts';
import type { Scenario } from '../../src/scenario/scenario.ts';

const root = fileURLToPath(new URL('../../scenarios', import.meta.url));

/** Names of the scenarios that come with the product. */
export const scenarioNames: readonly string[] = readdirSync(root)
  .filter((name) => statSync(join(root, name)).isDirectory())
  .sort();

/** A bundled scenario, read and checked. */
export function bundledScenario(name: string, choice: Choice = {}): Scenario {
  return scenarioOf(bundledFiles(name), choice);
}

/** The texts in its folder, by path. */
export function bundledFiles(name: string): Readonly<Record<string, string>> {
  const files: Record<string, string> = {};
  const read = (below: string): void => {
    for (const each of readdirSync(join(root, name, below))) {
      const path = below === '' ? each : `${below}/${each}`;
      if (statSync(join(root, name, path)).isDirectory()) read(path);
      else files[path] = readFileSync(join(root, name, path), 'utf8');
    }
  };
  read('');
  return files;
}

/** A scenario out of texts; its file is `scenario.yaml`. */
export function scenarioOf(files: Readonly<Record<string, string>>, choice: Choice = {}): Scenario {
  const { scenario, diagnostics } = loadScenario(files, 'scenario.yaml', choice);
  if (!scenario) throw new Error(diagnostics.map((each) => printDiagnostic(each, files)).join('\n'));
  return scenario;
}

export interface Played {
  readonly run: Run<World, Event>;
  readonly log: readonly Entry<Event>[];
}

/** A scenario played to its end. */
export function playToEnd(scenario: Scenario, seed = scenario.settings.seed): Played {
  const run = startScenario(scenario, { seed });
  return { run, log: [...commits(run)].flat() };
}

const logs = new Map<string, readonly Entry<Event>[]>();

/** The log of a bundled scenario, played once for all that only read it. */
export function playedLog(name: string): readonly Entry<Event>[] {
  const log = logs.get(name) ?? playToEnd(bundledScenario(name)).log;
  logs.set(name, log);
  return log;
}
