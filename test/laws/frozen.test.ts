import { describe, expect, test } from 'vitest';
import { commits } from '../../src/kernel/run/run.ts';
import { startScenario } from '../../src/scenario/play.ts';
import { deepFreeze } from '../support/deep-freeze.ts';
import { bundledScenario, scenarioNames } from '../support/play-scenario.ts';

describe('what has happened does not change', () => {
  test.each(scenarioNames)('%s: plays alike while every entry and every row is frozen deep', (name) => {
    const scenario = deepFreeze(bundledScenario(name));
    const run = startScenario(scenario, { seed: scenario.settings.seed });
    let ended: unknown;
    for (const commit of commits(run)) {
      for (const entry of deepFreeze(commit)) {
        ended = entry.event;
        for (const table of Object.values(run.world.store.tables)) {
          for (const [key] of [...table.rows(run.world.seq)]) {
            if (table.changedAt(key, run.world.seq) === entry.seq) deepFreeze(table.read(key, run.world.seq));
          }
        }
      }
    }
    expect(ended).toEqual({ type: 'ScenarioEnded', passed: true });
  });
});
