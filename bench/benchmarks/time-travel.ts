import { consequencesOf } from '../../src/replay/consequences.ts';
import { differenceOf } from '../../src/replay/difference.ts';
import { changesOf } from '../../src/replay/object-changes.ts';
import { parseQuery } from '../../src/replay/query.ts';
import { findNext } from '../../src/replay/search.ts';
import { createTimeline } from '../../src/replay/timeline.ts';
import { why } from '../../src/replay/why.ts';
import { podLanes } from '../../src/report/pod-lanes.ts';
import { walkOn } from '../../src/report/walked.ts';
import { type Benchmark, timed } from '../benchmark.ts';
import { syntheticLog } from '../synthetic-log.ts';

const PODS = 10_000;
const ENTRIES = 150_000;
const POD = '/registry/pods/team-1/web-1';

/**
 * What a reader asks of a long log, each at its dearest: a search that finds nothing goes through all of it.
 */
export const timeTravel: Benchmark = {
  name: 'time-travel',
  metrics: {
    open_150k_ms: 'ms',
    find_text_150k_ms: 'ms',
    find_name_150k_ms: 'ms',
    why_150k_ms: 'ms',
    then_150k_ms: 'ms',
    difference_150k_ms: 'ms',
    object_changes_ms: 'ms',
    walk_150k_ms: 'ms',
    lanes_10k_ms: 'ms',
  },
  run() {
    let timeline = createTimeline();
    const open = timed(() => {
      timeline = createTimeline(syntheticLog(PODS, ENTRIES));
    });
    const find = (text: string): number =>
      timed(() => findNext(timeline, parseQuery(text) ?? [], { from: 0 }));
    return {
      open_150k_ms: open,
      find_text_150k_ms: find('nowhere'),
      find_name_150k_ms: find('kind:Pod name:nobody'),
      why_150k_ms: timed(() => [...why(timeline, ENTRIES)]),
      then_150k_ms: timed(() => [...consequencesOf(timeline, [1])]),
      difference_150k_ms: timed(() => differenceOf(timeline, PODS, ENTRIES)),
      object_changes_ms: timed(() => changesOf(timeline, { key: POD, pointer: '/status/phase' })),
      walk_150k_ms: timed(() => {
        while (!walkOn(timeline));
      }),
      lanes_10k_ms: timed(() =>
        podLanes(timeline, timeline.pods.ever, { cells: 100, most: 20, cursor: ENTRIES }),
      ),
    };
  },
};
