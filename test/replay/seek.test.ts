import { describe, expect, test } from 'vitest';
import {
  nextStep,
  nextStop,
  previousStep,
  previousStop,
  stopAtPart,
  stopAtTime,
} from '../../src/replay/seek.ts';
import { createTimeline } from '../../src/replay/timeline.ts';
import { smallLog } from '../support/small-log.ts';

const timeline = createTimeline(smallLog);

describe('a timeline', () => {
  test('can be stood in after every commit, and knows where the steps begin', () => {
    expect(timeline.stops).toEqual([1, 2, 4, 7, 8, 9, 10]);
    expect(timeline.steps).toEqual([2, 3, 8]);
    expect(timeline.duration).toBe(5001);
  });

  test('has every world that it went through', () => {
    const has = (seq: number): boolean => {
      const { store } = timeline.worldAt(seq);
      return store.tables.objects.read('/registry/configmaps/default/cm', seq) !== undefined;
    };
    expect([0, 4, 5, 10].map(has)).toEqual([false, false, true, true]);
  });
});

describe('seeking', () => {
  test.each`
    from  | next  | previous | nextStepAt | previousStepAt
    ${0}  | ${1}  | ${0}     | ${2}       | ${0}
    ${1}  | ${2}  | ${0}     | ${2}       | ${0}
    ${2}  | ${4}  | ${1}     | ${4}       | ${0}
    ${4}  | ${7}  | ${2}     | ${8}       | ${2}
    ${7}  | ${8}  | ${4}     | ${8}       | ${4}
    ${8}  | ${9}  | ${7}     | ${10}      | ${4}
    ${10} | ${10} | ${9}     | ${10}      | ${8}
  `('from $from', ({ from, next, previous, nextStepAt, previousStepAt }) => {
    expect(nextStop(timeline, from)).toBe(next);
    expect(previousStop(timeline, from)).toBe(previous);
    expect(nextStep(timeline, from)).toBe(nextStepAt);
    expect(previousStep(timeline, from)).toBe(previousStepAt);
  });

  test.each`
    at      | seq
    ${-1}   | ${0}
    ${0}    | ${1}
    ${999}  | ${2}
    ${1000} | ${4}
    ${1080} | ${7}
    ${9999} | ${10}
  `('$at ms is at entry $seq', ({ at, seq }) => {
    expect(stopAtTime(timeline, at)).toBe(seq);
  });

  test('by parts of the whole', () => {
    expect([0, 0.1, 0.5, 1].map((part) => stopAtPart(timeline, part))).toEqual([1, 2, 7, 10]);
  });
});
