import { describe, expect, test } from 'vitest';
import { bundledScenario, playToEnd, scenarioNames } from '../support/play-scenario.ts';

/** Only people, the clock and the beginning start a chain. */
const STARTERS = new Set(['genesis', 'scenario', 'kubectl']);

describe('everything has a cause', () => {
  test.each(scenarioNames)('%s: a cause comes before what it caused, and only few begin a chain', (name) => {
    for (const { seq, at, actor, cause } of playToEnd(bundledScenario(name)).log) {
      if (cause === null)
        expect({ seq, at, isStarter: STARTERS.has(actor), actor }).toMatchObject({ isStarter: true });
      else expect(cause).toBeLessThan(seq);
    }
  });
});
