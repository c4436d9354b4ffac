import { describe, expect, test } from 'vitest';
import type { Event } from '../../../src/cluster/contract/event.ts';
import type { Pod } from '../../../src/cluster/objects/kubernetes.ts';
import { createTimeline } from '../../../src/replay/timeline.ts';
import { decisionAt } from '../../../src/report/decision/decision-at.ts';
import { decisionLines } from '../../../src/report/decision/decision-lines.ts';
import { playedLog, scenarioNames } from '../../support/play-scenario.ts';

describe('a decision is found again as it was made', () => {
  test.each(scenarioNames)('%s: each binding, and each pod that found no node', (name) => {
    const log = playedLog(name);
    const timeline = createTimeline(log);
    let found = 0;
    for (const { seq, actor, event } of log) {
      const isBinding = event.type === 'ObjectUpdated' && event.set?.['/spec/nodeName'] !== undefined;
      if (actor !== 'scheduler' || !(isBinding || event.type === 'SchedulingFailed')) continue;
      const decision = decisionAt(timeline, seq);
      expect(decision?.isSame, `entry ${seq}`).toBe(true);
      expect(decision && decisionLines(decision, 'en').length).toBeGreaterThan(1);
      found++;
    }
    expect(found > 0).toBe(log.some(({ event }) => wantsNode(event)));
  });
});

/** Some scenarios are about no pod at all, or only about those that kubelets make themselves. */
function wantsNode(event: Event): boolean {
  if (event.type !== 'ObjectCreated' || event.resource !== 'pods') return false;
  return (event.object as Pod).spec.nodeName === undefined;
}
