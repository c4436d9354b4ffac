import { describe, expect, test } from 'vitest';
import { playedLog, scenarioNames } from '../support/play-scenario.ts';

/** Only people, the clock (heartbeats, and loops that look around) and the beginning start a chain. */
const STARTERS =
  /^(genesis|scenario|kubectl|pod-garbage-collector|cluster-autoscaler|metrics-server|kubelet\/\S+ (lease|status))( |$)/;

describe('everything has a cause', () => {
  test.each(scenarioNames)('%s: a cause comes before what it caused, and only few begin a chain', (name) => {
    for (const { seq, at, actor, key, cause } of playedLog(name)) {
      if (cause === null)
        expect({ seq, at, isStarter: STARTERS.test(`${actor} ${key}`), actor, key }).toMatchObject({
          isStarter: true,
        });
      else expect(cause).toBeLessThan(seq);
    }
  });
});
