import { describe, expect, test } from 'vitest';
import { evolve } from '../../src/cluster/world/evolve.ts';
import { commits, startRun } from '../../src/kernel/run/run.ts';
import { modelOf } from '../../src/scenario/play.ts';
import { deepFreeze } from '../support/deep-freeze.ts';
import { bundledScenario, playedLog, scenarioNames } from '../support/play-scenario.ts';
import { writtenWorld } from '../support/written-world.ts';

describe('what has happened does not change, and state is a fold', () => {
  test.each(scenarioNames)(
    '%s: plays alike while every entry and row is frozen deep; folded from the log as written, the same',
    (name) => {
      const scenario = deepFreeze(bundledScenario(name));
      const live = writtenWorld();
      const run = startRun(modelOf(scenario, { seed: scenario.settings.seed }), live.world);
      const lines: string[] = [];
      for (const commit of commits(run))
        lines.push(...deepFreeze(commit).map((entry) => JSON.stringify(entry)));
      expect(lines).toEqual(playedLog(name).map((entry) => JSON.stringify(entry)));

      const folded = writtenWorld();
      const end = lines.reduce((world, line) => evolve(world, JSON.parse(line)), folded.world);
      expect([end.seq, end.at]).toEqual([run.world.seq, run.world.at]);
      // The tables keep every version of each row, so that they are the same at every entry.
      expect(folded.versions()).toEqual(live.versions());
    },
  );
});
