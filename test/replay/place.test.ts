import { describe, expect, test } from 'vitest';
import { isReached, momentNamed, momentOfInstant, parseInstant } from '../../src/replay/place.ts';
import { createTimeline } from '../../src/replay/timeline.ts';
import { podLog } from '../support/pod-log.ts';

const web = createTimeline(podLog);
web.finish();
const last = podLog.length;

describe('an instant', () => {
  test.each([
    ['412', { kind: 'entry', seq: 412 }],
    ['#412', { kind: 'entry', seq: 412 }],
    ['90s', { kind: 'time', ms: 90_000 }],
    ['1m30s', { kind: 'time', ms: 90_000 }],
    ['250ms', { kind: 'time', ms: 250 }],
    ['1:02.5', { kind: 'time', ms: 62_500 }],
    ['00:01:30.250', { kind: 'time', ms: 90_250 }],
    ['step:3', { kind: 'step', step: 3 }],
    ['step 3', { kind: 'step', step: 3 }],
    ['Step:3', { kind: 'step', step: 3 }],
    ['50%', { kind: 'part', percent: 50 }],
    ['12.5%', { kind: 'part', percent: 12.5 }],
    ['start', { kind: 'start' }],
    [' end ', { kind: 'end' }],
    ['last-warning', { kind: 'warning', which: 'last' }],
    ['first-warning', { kind: 'warning', which: 'first' }],
    ['step:3+5s', { kind: 'step', step: 3, laterMs: 5000 }],
    ['end-10s', { kind: 'end', laterMs: -10_000 }],
    ['last-warning-1s', { kind: 'warning', which: 'last', laterMs: -1000 }],
    ['412 + 1m', { kind: 'entry', seq: 412, laterMs: 60_000 }],
  ])('%j is read', (text, instant) => {
    expect(parseInstant(text)).toEqual(instant);
  });

  test.each([
    '',
    'soon',
    '-5s',
    '-5%',
    '100.5%',
    '200%',
    'step',
    'step:x',
    '#',
    '12x',
    '1:2:3:4',
    'end-',
    'end+soon',
    '%',
    'warning',
  ])('%j is none', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  test.each([
    ['a time', '2s', 11, 2000],
    ['a time beyond the end', '10h', last, 61_120],
    ['an entry inside of a commit', '4', 5, 1000],
    ['a step', 'step:2', 5, 1000],
    ['a little after a step', 'step:2+60ms', 8, 1060],
    ['before the end', 'end-31s', 15, 30_120],
    ['the last warning', 'last-warning', 15, 30_000],
    ['before the beginning', 'start-5s', 2, 0],
  ])('%s is where it is', (_what, text, cursor, clock) => {
    expect(momentNamed(web, text)).toMatchObject({ cursor, clock });
  });

  test.each(['0', '999', 'step:0', 'step:9'])('%s is not in the log', (text) => {
    expect(momentNamed(web, text)).toBeUndefined();
  });

  test.each(['1', '7', '2s', '31s', 'step:2', 'step:3', 'step:2+5s', 'start', 'start+3s'])(
    'in a log that grows, %s is where it will be as soon as it is reached',
    (text) => {
      const instant = parseInstant(text) ?? { kind: 'end' };
      const growing = createTimeline();
      let reached: number | undefined;
      for (const entry of podLog) {
        growing.append(entry);
        if (reached === undefined && !entry.more && isReached(growing, instant)) {
          reached = momentOfInstant(growing, instant)?.cursor;
        }
      }
      growing.finish();
      expect(reached).toBeDefined();
      expect(reached).toBe(momentOfInstant(growing, instant)?.cursor);
    },
  );

  test.each(['end', '50%', 'last-warning'])('%s is known only when the log is whole', (text) => {
    const growing = createTimeline(podLog);
    const instant = parseInstant(text) ?? { kind: 'start' };
    expect(isReached(growing, instant)).toBe(false);
    growing.finish();
    expect(isReached(growing, instant)).toBe(true);
  });
});
