import { describe, expect, test } from 'vitest';
import type { Pod } from '../../src/cluster/objects/kubernetes.ts';
import { causeOf } from '../../src/replay/cause-of.ts';
import { isNotable } from '../../src/replay/notable.ts';
import { isReady, podState } from '../../src/replay/pod-state.ts';
import { podStateAt } from '../../src/replay/pod-states.ts';
import { branchTimeline, createTimeline, type Timeline } from '../../src/replay/timeline.ts';
import { beginningOf, notableCauses } from '../../src/replay/why.ts';
import { playedLog } from '../support/play-scenario.ts';

const logs = ['liveness-failure', 'crash-loop', 'rolling-update'].map((name) => {
  const log = playedLog(name);
  return { name, log, whole: createTimeline(log) };
});

/** The same log, taken over in its middle by a branch that goes on as it did. */
function branched({ log, whole }: (typeof logs)[number]): Timeline {
  const at = whole.stops[Math.floor(whole.stops.length / 2)] ?? 0;
  const branch = branchTimeline(whole, at);
  for (const entry of log.slice(at)) branch.append(entry);
  return branch;
}

describe.each(logs)('the facts of $name', (played) => {
  test.each([
    ['as it is', played.whole],
    ['as a branch', branched(played)],
  ])('%s are what its entries say', (_, { facts }) => {
    for (const entry of played.log) {
      const { seq, event } = entry;
      expect(facts.timeOf(seq)).toBe(entry.at);
      expect(facts.causeOf(seq)).toBe(causeOf(entry) ?? 0);
      expect(facts.isNotable(seq)).toBe(isNotable(entry));
      expect(facts.actor.textAt(seq)).toBe(entry.actor);
      expect(facts.type.textAt(seq)).toBe(event.type);
      expect(facts.object.textAt(seq)).toBe('key' in event ? event.key : '');
      expect(facts.originOf(seq)).toBe(facts.causeOf(seq) > 0 ? facts.originOf(facts.causeOf(seq)) : seq);
    }
  });

  test('tell who began it: the last of the notable causes', () => {
    for (const { seq } of played.log.filter((_, index) => index % 7 === 0))
      expect(beginningOf(played.whole, seq)).toEqual([...notableCauses(played.whole, seq)].at(-1));
  });

  test.each([
    ['as it is', played.whole],
    ['as a branch', branched(played)],
  ])('%s tell how each pod was at any time, and how many were ready', (_, { pods, worldAt, entries }) => {
    for (let seq = 0; seq <= entries.length; seq += 3) {
      const { objects } = worldAt(seq).store.tables;
      const there = objects.list('resource', '/registry/pods/', seq) as readonly Pod[];
      const states = pods.ever.map((pod) => podStateAt(pod, seq)).filter((state) => state !== 'absent');
      expect(states.toSorted()).toEqual(there.map(podState).sort());
      expect(pods.present.at(seq)).toBe(there.length);
      expect(pods.ready.at(seq)).toBe(there.filter(isReady).length);
    }
  });
});
