import { describe, expect, test } from 'vitest';
import { bundledScenario, playToEnd, scenarioNames } from '../support/play-scenario.ts';

describe('same input, same bytes', () => {
  test.each(scenarioNames)(
    '%s: twice the same log; another seed gives another log with the same outcome',
    (name) => {
      const scenario = bundledScenario(name);
      const first = playToEnd(scenario).log;
      expect(JSON.stringify(playToEnd(scenario).log)).toBe(JSON.stringify(first));
      const other = playToEnd(scenario, '2').log;
      expect(JSON.stringify(other)).not.toBe(JSON.stringify(first));
      expect(other.at(-1)?.event).toEqual({ type: 'ScenarioEnded', passed: true });
      expect(first.at(-1)?.event).toEqual({ type: 'ScenarioEnded', passed: true });
    },
  );
});
