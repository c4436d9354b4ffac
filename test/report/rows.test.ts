import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/cluster/contract/event.ts';
import { momentAtTime } from '../../src/replay/seek.ts';
import { createTimeline } from '../../src/replay/timeline.ts';
import { k8sEventRows } from '../../src/report/k8s-event-rows.ts';
import { podRows } from '../../src/report/pod-rows.ts';
import { podLog } from '../support/pod-log.ts';
import { logOf } from '../support/small-log.ts';

const key = '/registry/pods/default/web';
const removal = logOf([[70_000, { type: 'ObjectDeleted', resource: 'pods', key, revision: 9 }]]).map(
  (entry) => ({
    ...entry,
    seq: podLog.length + 1,
  }),
);
const late = logOf([[100_000, { type: 'ScenarioEnded', passed: true }]]).map((entry) => ({
  ...entry,
  seq: podLog.length + 2,
}));
const timeline = createTimeline([...podLog, ...removal, ...late]);

describe('the pods at an instant', () => {
  test.each([
    [1000, []],
    [
      1060,
      [{ name: 'web', ready: '0/1', status: 'Pending', age: '0s', node: '', change: 'new', ago: 'now' }],
    ],
    [2500, [{ status: 'Pending', age: '1s', node: 'node-1', change: 'bound to node-1', ago: '1s ago' }]],
    [3010, [{ ready: '1/1', status: 'Running', restarts: '0', change: 'was Pending 0/1', ago: 'now' }]],
    [63_010, [{ age: '62s', change: 'was Pending 0/1', ago: '60s ago' }]],
    [71_000, [{ name: 'web', ready: '-', status: 'gone', change: 'removed', ago: '1s ago' }]],
    [90_000, []],
  ])('at %i ms', (at, rows) => {
    const instant = momentAtTime(timeline, at);
    expect(podRows(timeline, instant, { most: 9 })).toMatchObject(rows);
  });

  test('are those that were written last, where there are too many, in their order', () => {
    const pod = (name: string): Event => {
      const metadata = { name, namespace: 'default' };
      const object = { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers: [] } };
      return { type: 'ObjectCreated', resource: 'pods', key: `/registry/pods/default/${name}`, object };
    };
    const many = createTimeline(
      logOf([
        [0, pod('d')],
        [1, pod('a')],
        [2, pod('c')],
        [3, pod('b')],
      ]),
    );
    const instant = momentAtTime(many, 9);
    const rows = podRows(many, instant, { most: 2 });
    expect(rows.map(({ name }) => name)).toEqual(['b', 'c']);
  });
});

describe('the Kubernetes Events at an instant', () => {
  test.each([
    [29_999, []],
    [
      42_000,
      [
        {
          age: '12s',
          isWarning: true,
          reason: 'Unhealthy',
          count: 1,
          object: 'pod/web',
          message: 'Readiness probe failed: HTTP probe failed with statuscode: 500',
        },
      ],
    ],
  ])('at %i ms', (at, rows) => {
    expect(k8sEventRows(timeline, momentAtTime(timeline, at))).toMatchObject(rows);
  });
});
