import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { expandScenario } from '../../src/scenario/language/expand/expand-scenario.ts';
import { branchesIn } from '../../src/suite/run-case.ts';
import { snapshotTexts } from '../../src/suite/snapshot-texts.ts';
import {
  bundledFiles,
  bundledScenario,
  playedLog,
  playToEnd,
  scenarioNames,
} from '../support/play-scenario.ts';

const golden = (file: string): string => fileURLToPath(new URL(`../../snapshots/${file}`, import.meta.url));

const cases = scenarioNames.flatMap((name) =>
  expandScenario(bundledFiles(name), 'scenario.yaml').cases.map(({ title }) => ({ name, title })),
);

describe('the bundled scenarios play as they did', () => {
  test.each(cases)('$name $title', async ({ name, title }) => {
    const scenario = bundledScenario(name, { case: title });
    const log = title === '' ? playedLog(name) : playToEnd(scenario).log;
    const branches = branchesIn(log, scenario);
    for (const [file, text] of snapshotTexts(scenario, log, branches))
      await expect(text).toMatchFileSnapshot(golden(file));
    for (const end of [
      log.at(-1),
      ...branches.map(({ fork }) => fork.timeline.entries.of(fork.timeline.entries.length)),
    ])
      expect(end?.event).toEqual({ type: 'ScenarioEnded', passed: true });
  });
});
