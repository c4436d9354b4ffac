import { describe, expect, test } from 'vitest';
import {
  momentAt,
  momentAtTime,
  momentOf,
  nextBeat,
  nextStep,
  nextStop,
  playedInAll,
  previousBeat,
  previousStep,
  previousStop,
  stopAtTime,
} from '../../src/replay/seek.ts';
import { createTimeline } from '../../src/replay/timeline.ts';
import { logOf, smallLog } from '../support/small-log.ts';

const timeline = createTimeline(smallLog);
timeline.finish();

describe('a timeline', () => {
  test('can be stood in after every commit, and knows where the steps begin', () => {
    expect(timeline.stops).toEqual([1, 2, 4, 7, 8, 9, 10]);
    expect(timeline.steps).toEqual([2, 3, 8]);
    expect(timeline.scenes).toEqual([2]);
    expect(timeline.duration).toBe(5001);
  });

  test('knows what the story is made of, what a reader wants to see, and what went wrong', () => {
    expect(timeline.story).toEqual([1, 2, 3, 4, 6, 7, 8, 9, 10]);
    expect(timeline.notable).toEqual([2, 4, 5, 8, 9, 10]);
    expect(timeline.warnings).toEqual([9]);
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
    ${2}  | ${4}  | ${1}     | ${7}       | ${0}
    ${4}  | ${7}  | ${2}     | ${7}       | ${2}
    ${7}  | ${8}  | ${4}     | ${10}      | ${2}
    ${8}  | ${9}  | ${7}     | ${10}      | ${7}
    ${10} | ${10} | ${9}     | ${10}      | ${7}
  `('from $from', ({ from, next, previous, nextStepAt, previousStepAt }) => {
    expect(nextStop(timeline, from)).toBe(next);
    expect(previousStop(timeline, from)).toBe(previous);
    expect(nextStep(timeline, from).cursor).toBe(nextStepAt);
    expect(previousStep(timeline, from).cursor).toBe(previousStepAt);
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

  test('passes over commits that only keep the books', () => {
    const node = 'node-1';
    const pod = 'default/web/1';
    const log = logOf([
      [0, { type: 'SandboxStarted', id: 's', node, pod, attempt: 0, startedAt: 0 }],
      [10, { type: 'PodSyncRequested', node, pod }],
      [20, { type: 'SandboxStopped', node, pod, sandbox: 's' }],
    ]);
    const short = createTimeline(log);
    expect([nextStop(short, 1), nextBeat(short, 1)]).toEqual([2, 3]);
    expect([previousStop(short, 3), previousBeat(short, 3)]).toEqual([2, 1]);
  });

  test('a step that waits has been told when the wait is over, though nothing happens then', () => {
    const waiting = createTimeline(
      logOf([
        [0, { type: 'StepBegan', step: 1, kind: 'wait', text: { en: 'wait 20s' } }],
        [20_000, { type: 'StepBegan', step: 2, kind: 'say', text: { en: 'So it is.' } }],
      ]),
    );
    expect(nextStep(waiting, 0)).toMatchObject({ cursor: 1, clock: 19_999 });
  });

  test('a step that is still simulated has been told so far as it has begun', () => {
    const growing = createTimeline(smallLog.slice(0, 4));
    expect(nextStep(growing, 2).cursor).toBe(4);
    growing.append(smallLog[4] as never);
    expect(nextStep(growing, 0).cursor).toBe(2);
  });
});

describe('the pace', () => {
  test.each`
    seq   | playedAt  | why
    ${1}  | ${90}     | ${'nothing comes at once'}
    ${2}  | ${1600}   | ${'the title has been read, 10 ms have passed'}
    ${4}  | ${4090}   | ${'the told words have been read, 990 ms have passed'}
    ${7}  | ${5170}   | ${'the command has been seen, 80 ms have passed'}
    ${8}  | ${8570}   | ${'two lines have been read, and the wait of 3.92 s played in two'}
    ${9}  | ${8660}   | ${'two that come at once come one after another'}
    ${10} | ${11_661} | ${'what was missed has been read'}
  `('entry $seq comes after $playedAt ms: $why', ({ seq, playedAt }) => {
    expect(timeline.beats.of(timeline.beats.seqs.indexOf(seq))?.playedAt).toBe(playedAt);
    expect(momentOf(timeline, seq)).toEqual({ cursor: seq, clock: timeline.timeOf(seq), played: playedAt });
    expect(momentAt(timeline, playedAt).cursor).toBe(seq);
    expect(momentAt(timeline, playedAt - 1).cursor).toBeLessThan(seq);
  });

  test.each`
    played    | cursor | clock
    ${0}      | ${0}   | ${0}
    ${3000}   | ${2}   | ${10}
    ${3595}   | ${2}   | ${505}
    ${7570}   | ${7}   | ${3040}
    ${99_999} | ${10}  | ${5001}
  `('after $played ms of playing it is $clock', ({ played, cursor, clock }) => {
    expect(momentAt(timeline, played)).toMatchObject({ cursor, clock });
  });

  test('a moment by its time is found again by its playing', () => {
    for (const at of [5, 500, 1040, 2000, 4999]) {
      const moment = momentAtTime(timeline, at);
      expect(momentAt(timeline, moment.played)).toEqual({ ...moment, clock: expect.closeTo(at, 6) });
    }
  });

  test('a burst of a thousand entries does not take a minute', () => {
    const burst = createTimeline(
      logOf(
        Array.from({ length: 1000 }, (_, index) => [
          index,
          { type: 'SandboxStarted', id: `${index}`, node: 'n', pod: 'a/b/c', attempt: 0, startedAt: 0 },
        ]),
      ),
    );
    expect(playedInAll(burst)).toBeGreaterThan(5000);
    expect(playedInAll(burst)).toBeLessThan(15_000);
  });
});
