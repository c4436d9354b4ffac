import { describe, expect, test } from 'vitest';
import { createTimeline, type Timeline } from '../../../src/replay/timeline.ts';
import { decisionAbout, decisionAt } from '../../../src/report/decision/decision-at.ts';
import { decisionLines } from '../../../src/report/decision/decision-lines.ts';
import { playedLog } from '../../support/play-scenario.ts';

function timelineOf(name: string): Timeline {
  return createTimeline(playedLog(name));
}

/** The last decision about a pod up to a time, in a language. */
function told(timeline: Timeline, pod: string, language: string, at = Number.POSITIVE_INFINITY): string {
  const seq = timeline.stops.findLast((stop) => timeline.timeOf(stop) <= at) ?? 0;
  const decision = decisionAbout(timeline, `/registry/pods/default/${pod}`, seq);
  return decision ? `\n${decisionLines(decision, language).join('\n')}\n` : 'nothing';
}

describe('a decision is told', () => {
  test('with who was refused, the scores and what they come to', () => {
    const timeline = timelineOf('affinity-and-anti-affinity');
    expect(told(timeline, 'database', 'en')).toMatchInlineSnapshot(`
      "
      00:00.146 default/database → node-3 (by the profile default-scheduler)
      all 3 nodes were asked
      1 refused
           1 NodeAffinity: node(s) didn't match Pod's node affinity/selector (node-1)
      scores of 2 that fit
                                              node-3   node-2
        TaintToleration ×3                   0 → 100  0 → 100
        NodeAffinity ×2                     50 → 100    0 → 0
        NodeResourcesFit ×1                       91       91
        NodeResourcesBalancedAllocation ×1        72       72
        total                                    663      463
      node-3 has the highest total
      "
    `);
    expect(told(timeline, 'database', 'ko')).toMatchInlineSnapshot(`
      "
      00:00.146 default/database → node-3 (프로필 default-scheduler)
      노드 3개를 모두 물었다
      1개가 거절했다
           1 NodeAffinity: node(s) didn't match Pod's node affinity/selector (node-1)
      들어갈 수 있는 2개의 점수
                                              node-3   node-2
        TaintToleration ×3                   0 → 100  0 → 100
        NodeAffinity ×2                     50 → 100    0 → 0
        NodeResourcesFit ×1                       91       91
        NodeResourcesBalancedAllocation ×1        72       72
        합계                                     663      463
      node-3의 합계가 가장 높다
      "
    `);
  });

  test('with those who would have to go, and why these', () => {
    const timeline = timelineOf('preemption');
    expect(told(timeline, 'checkout', 'en', 15_000)).toMatchInlineSnapshot(`
      "
      00:11.552 default/checkout → Pending (by the profile default-scheduler)
      all 2 nodes were asked
      2 refused
           2 NodeResourcesFit: Insufficient cpu (node-1, node-2)
      pods of lower priority could make room on 2 nodes
        → node-2 would go: default/batch-547bcfcd8b-mbtd6 (priority 0)
          node-1 would go: default/report (priority 100)
      chosen: node-2, because the most important pod that goes is the least important there
      "
    `);
    expect(told(timeline, 'checkout', 'ko', 15_000)).toMatchInlineSnapshot(`
      "
      00:11.552 default/checkout → Pending (프로필 default-scheduler)
      노드 2개를 모두 물었다
      2개가 거절했다
           2 NodeResourcesFit: Insufficient cpu (node-1, node-2)
      우선순위가 낮은 파드를 내보내면 자리가 나는 노드가 2개 있다
        → node-2 나갈 파드: default/batch-547bcfcd8b-mbtd6 (우선순위 0)
          node-1 나갈 파드: default/report (우선순위 100)
      고른 노드는 node-2: 그곳에서 나가는 파드 중 가장 중요한 것의 우선순위가 가장 낮다
      "
    `);
    expect(told(timeline, 'checkout', 'en')).toMatchInlineSnapshot(`
      "
      00:21.683 default/checkout → node-2 (by the profile default-scheduler)
      room had been made on node-2, and the pod fits there: no other node was asked
      "
    `);
    expect(told(timeline, 'polite', 'en', 11_000)).toMatchInlineSnapshot(`
      "
      00:01.400 default/polite → Pending (by the profile default-scheduler)
      all 2 nodes were asked
      2 refused
           2 NodeResourcesFit: Insufficient cpu (node-1, node-2)
      no room can be made: not eligible due to preemptionPolicy=Never.
      "
    `);
  });

  test('and nothing is told of a pod that no scheduler has looked at', () => {
    expect(told(timelineOf('unschedulable'), 'orphan', 'en')).toBe('nothing');
  });

  test('and an entry of somebody else is no decision', () => {
    const timeline = timelineOf('unschedulable');
    expect(decisionAt(timeline, 1)).toBeUndefined();
  });
});
