import { describe, expect, test } from 'vitest';
import { checkpointsOf } from '../../src/replay/checkpoints.ts';
import { goOn } from '../../src/replay/fork.ts';
import { momentNamed, parsePlace } from '../../src/replay/place.ts';
import { START } from '../../src/replay/player/player.ts';
import {
  branchNamed,
  currentBranch,
  startTravels,
  type TravelCommand,
  type Travels,
  travel,
} from '../../src/replay/player/travels.ts';
import { isRight, questionsOf } from '../../src/replay/quiz.ts';
import { createTimeline } from '../../src/replay/timeline.ts';
import { bundledScenario, playedLog } from '../support/play-scenario.ts';

const scenario = bundledScenario('http-liveness');
const timeline = createTimeline(playedLog('http-liveness'));
timeline.finish();
const [asked] = questionsOf(timeline);
const stop = asked?.stop ?? 0;

function travelled(...commands: readonly TravelCommand[]): Travels {
  const start = startTravels(timeline, START, 'main');
  return commands.reduce((travels, command) => travel(travels, command, { scenario }), start);
}

function cursorAfter(...commands: readonly TravelCommand[]): number {
  return currentBranch(travelled(...commands)).player.cursor;
}

const END: TravelCommand = { type: 'toEnd' };
const ANSWER: TravelCommand = { type: 'answer', given: '2' };
const PLAY: readonly TravelCommand[] = [{ type: 'togglePlay' }, { type: 'tick', ms: 900_000 }];

describe('a question', () => {
  test('is answered before time moves on, whichever way it is to move', () => {
    expect(stop).toBeGreaterThan(0);
    expect(cursorAfter(END)).toBe(stop);
    expect(cursorAfter({ type: 'seekBy', ms: 30_000 })).toBe(stop);
    expect(cursorAfter(...PLAY)).toBe(stop);
    expect(cursorAfter(END, END, { type: 'stepForward' })).toBe(stop);
    expect(currentBranch(travelled(...PLAY)).player.playing).toBe(false);
  });

  test('lets time move on once it is answered, rightly or not, and is not asked again', () => {
    for (const answer of [ANSWER, { type: 'answer', given: '1' }, { type: 'answer' }] as const) {
      expect(cursorAfter(END, answer, END)).toBe(timeline.stops.at(-1));
      expect(cursorAfter(END, answer, END, { type: 'toStart' }, END)).toBe(timeline.stops.at(-1));
    }
    expect(Object.values(travelled(END, ANSWER).answers ?? {})).toEqual([{ given: '2', isRight: true }]);
    expect(Object.values(travelled(END, { type: 'answer' }).answers ?? {})).toEqual(['skipped']);
  });

  test('can be left behind by going back, and is answered where it is asked', () => {
    expect(cursorAfter(END, { type: 'stepBack' })).toBeLessThan(stop);
    expect(travelled(ANSWER).answers).toBeUndefined();
  });

  test.each([
    [{ answer: 2, choices: [{ en: 'a' }, { en: 'b' }] }, '2', true],
    [{ answer: 2, choices: [{ en: 'a' }, { en: 'b' }] }, '1', false],
    [{ answer: ['CrashLoopBackOff'] }, ' crashloopbackoff ', true],
    [{ answer: ['a', '/^b+$/i'] }, 'BBB', true],
    [{ answer: ['a', '/^b+$/'] }, 'c', false],
  ] as const)('%j is answered by %j: %s', (question, given, is) => {
    expect(isRight({ ask: { en: 'Q' }, ...question }, given)).toBe(is);
  });
});

describe('a branch of the story', () => {
  const reached = travelled(END, ANSWER, END);

  test('is there once the reader has come to where it is told of, and not before', () => {
    expect(travelled(END).branches.map(({ name }) => name)).toEqual(['main']);
    expect(reached.branches.map(({ name }) => name)).toEqual(['main', 'patient']);
    expect(reached).toMatchObject({ current: 'main', remark: { what: 'offered', name: 'patient' } });
  });

  test('can be gone to, and goes its own way to an end of its own', () => {
    const there = travel(reached, { type: 'toBranch', name: 'patient' }, { scenario });
    const { fork, timeline: own, from } = currentBranch(there);
    expect(from).toEqual({ name: 'main', at: checkpointsOf(timeline)[0]?.seq });
    if (fork) for (const _ of goOn(fork, 3_600_000));
    expect(own.entries.of(own.entries.length)?.event).toEqual({ type: 'ScenarioEnded', passed: true });
    expect(branchNamed(there.branches, 'main')?.timeline).toBe(timeline);
  });
});

describe('a checkpoint', () => {
  test.each([
    ['before-the-pod', 2],
    ['checkpoint:before-the-pod', 2],
    ['before-the-pod+10s', 10_002],
    ['before-the-pod-1ms', 1],
  ])('%s is an instant', (name, clock) => {
    expect(momentNamed(timeline, name)?.clock).toBe(clock);
  });

  test('that is not there is no instant of this log', () => {
    expect(parsePlace('nowhere')).toEqual({ kind: 'checkpoint', name: 'nowhere' });
    expect(momentNamed(timeline, 'nowhere')).toBeUndefined();
  });
});
