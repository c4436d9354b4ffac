import { describe, expect, test } from 'vitest';
import { parseCondition } from '../../src/replay/condition.ts';
import { firstStop, type StopsAt } from '../../src/replay/player/stopping.ts';
import { createTimeline } from '../../src/replay/timeline.ts';
import { podLog } from '../support/pod-log.ts';

const WEB = '/registry/pods/default/web';
const timeline = createTimeline(podLog);
const last = podLog.length;
const [warning = 0] = timeline.warnings;
const running = parseCondition('pod/web .status.phase=Running', { namespace: 'default' });
const until = running ? { until: running } : {};

describe('playing stops', () => {
  test.each<[string, StopsAt, number, ReturnType<typeof firstStop>]>([
    ['nowhere, where nobody asks', {}, 0, undefined],
    ['at a warning', { warnings: true }, 0, { seq: warning, reason: 'warning' }],
    ['at no warning that is past', { warnings: true }, warning, undefined],
    ['at the first change of what is followed', { changes: true }, 0, { seq: 6, reason: 'change' }],
    ['at the change after it', { changes: true }, 6, { seq: 10, reason: 'change' }],
    ['when it comes to be so', until, 0, { seq: 14, reason: 'condition' }],
    [
      'at whatever comes first',
      { ...until, changes: true, warnings: true },
      6,
      { seq: 10, reason: 'change' },
    ],
    [
      'for the condition, where both come at once',
      { ...until, changes: true },
      10,
      { seq: 14, reason: 'condition' },
    ],
  ])('%s', (_where, stopsAt, from, stop) => {
    expect(firstStop(timeline, stopsAt, { from, to: last, selected: WEB })).toEqual(stop);
  });

  test('only within the span that is played, and for changes only where something is followed', () => {
    const all = { ...until, changes: true, warnings: true } as const;
    expect(firstStop(timeline, all, { from: 6, to: 9, selected: WEB })).toBeUndefined();
    expect(firstStop(timeline, all, { from: 9, to: 9, selected: WEB })).toBeUndefined();
    expect(
      firstStop(timeline, { changes: true }, { from: 0, to: last, selected: undefined }),
    ).toBeUndefined();
  });
});
