import { describe, expect, test } from 'vitest';
import type { PodOnce } from '../../src/replay/pod-states.ts';
import { createTimeline, type Timeline } from '../../src/replay/timeline.ts';
import { podLanes } from '../../src/report/pod-lanes.ts';
import { playedLog } from '../support/play-scenario.ts';

function timelineOf(name: string) {
  const timeline = createTimeline(playedLog(name));
  timeline.finish();
  return timeline;
}

function podsEver(timeline: Timeline): readonly PodOnce[] {
  return timeline.pods.ever;
}

const rolling = timelineOf('rolling-update');
const pods = podsEver(rolling);
const end = rolling.entries.length;

/** The states that a pod went through, each once. */
function storyOf(states: readonly string[]): string {
  return states.filter((state, cell) => state !== states[cell - 1]).join(' ');
}

describe('a pod over time', () => {
  test('comes, becomes ready, ends and is gone, in this order', () => {
    for (const { states } of podLanes(rolling, pods, { cells: 400, most: 100, cursor: end })) {
      expect(storyOf(states)).toMatch(
        /^absent( pending)?( running)?( ready)?( failing)*( pending)?( failing)*( ready)?( ending)?( absent)?$/,
      );
    }
  });

  test.each([
    ['crash-loop', /pending.*failing/],
    ['image-pull-backoff', /failing/],
    ['job-and-cronjob', /done/],
  ])('in %s it shows how it goes', (name, story) => {
    const timeline = timelineOf(name);
    const lanes = podLanes(timeline, podsEver(timeline), { cells: 200, most: 50, cursor: 0 });
    expect(lanes.map(({ states }) => storyOf(states)).join('; ')).toMatch(story);
  });

  test('has another line when another pod takes its name', () => {
    const timeline = timelineOf('statefulset-ordered');
    const ever = podsEver(timeline);
    const names = ever.map(({ name }) => name);
    expect(new Set(names).size).toBeLessThan(names.length);
    const lanes = podLanes(timeline, ever, { cells: 300, most: 100, cursor: 0 });
    for (const name of names) {
      const same = lanes.filter((lane) => lane.name === name);
      for (let cell = 0; cell < 300; cell++)
        expect(same.filter(({ states }) => states[cell] !== 'absent').length).toBeLessThanOrEqual(1);
    }
  });
});

test('without room for all, those that are there come first, in the order in which they came', () => {
  const middle = Math.floor(end / 2);
  const all = podLanes(rolling, pods, { cells: 10, most: 100, cursor: middle });
  const there = all.filter(({ now }) => now !== 'absent').map(({ name }) => name);
  const some = podLanes(rolling, pods, { cells: 10, most: there.length, cursor: middle });
  expect(there.length).toBeGreaterThan(1);
  expect(some.map(({ name }) => name)).toEqual(there);
});
