import { describe, expect, test } from 'vitest';
import { bundledScenario, playedLog, playToEnd, scenarioNames } from '../support/play-scenario.ts';

// That the same seed gives the same log each time is part of fold.test.ts, which plays each scenario again.
describe('another seed is another run', () => {
  test.each(scenarioNames)('%s: another log, with the same outcome', (name) => {
    const first = playedLog(name);
    const other = playToEnd(bundledScenario(name), '2').log;
    expect(JSON.stringify(other)).not.toBe(JSON.stringify(first));
    expect(other.at(-1)?.event).toEqual({ type: 'ScenarioEnded', passed: true });
    expect(first.at(-1)?.event).toEqual({ type: 'ScenarioEnded', passed: true });
  });
});
