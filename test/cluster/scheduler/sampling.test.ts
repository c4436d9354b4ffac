import { describe, expect, test } from 'vitest';
import { emptyWorld } from '../../../src/cluster/world/world.ts';
import { fold, startRun, step } from '../../../src/kernel/run/run.ts';
import { createTimeline } from '../../../src/replay/timeline.ts';
import { decisionAt } from '../../../src/report/decision/decision-at.ts';
import { decisionLines } from '../../../src/report/decision/decision-lines.ts';
import { create, playCluster } from '../node/play.ts';
import { podOf } from './given-nodes.ts';

const NODES = 150;

describe('a cluster of many nodes', () => {
  const pods = Array.from({ length: 5 }, (_, index) => {
    const { metadata, ...pod } = podOf(`pod-${index}`);
    return create(1000 + 100 * index, { ...pod, metadata: { name: metadata.name ?? '' } });
  });
  const play = playCluster(pods, { nodes: NODES, until: 1600 });
  const looked = play.log.flatMap(({ event }) => (event.type === 'NodesLookedAt' ? [event.next] : []));

  test('is searched until a hundred nodes are found, each time from where it ended before', () => {
    expect(looked).toEqual([100, 50, 0, 100, 50]);
  });

  test('has decisions that tell so, and that are found again', () => {
    const timeline = createTimeline(play.log);
    const bindings = play.log.filter(
      ({ actor, event }) =>
        actor === 'scheduler' && event.type === 'ObjectUpdated' && event.set?.['/spec/nodeName'],
    );
    const decisions = bindings.flatMap(({ seq }) => decisionAt(timeline, seq) ?? []);
    expect(decisions.map(({ isSame }) => isSame)).toEqual([true, true, true, true, true]);
    const asked = decisions.map((decision) => decisionLines(decision)[1]);
    expect(asked.slice(0, 2)).toEqual([
      '100 of 150 nodes were asked, from node-1 on: 100 that fit are enough to choose from',
      '100 of 150 nodes were asked, from node-54 on: 100 that fit are enough to choose from',
    ]);
  });

  test('goes on in a fork where it had come to', () => {
    const end = play.log.findIndex(({ event }) => event.type === 'NodesLookedAt') - 1;
    const past = play.log.slice(0, end + 1);
    const run = startRun(play.model, fold(play.model, emptyWorld(), past), past);
    const rest = [];
    for (let commit = step(run, 1600); commit; commit = step(run, 1600)) rest.push(...commit);
    expect(rest).toEqual(play.log.slice(end + 1));
  });
});
