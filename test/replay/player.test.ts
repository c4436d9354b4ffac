import { describe, expect, test } from 'vitest';
import { isAtEnd, type Player, type PlayerCommand, play, START } from '../../src/replay/player/player.ts';
import { createTimeline } from '../../src/replay/timeline.ts';
import { smallLog } from '../support/small-log.ts';

const timeline = createTimeline(smallLog);
timeline.finish();

const from = (player: Player, ...commands: PlayerCommand[]): Player =>
  commands.reduce((state, command) => play(state, command, timeline), player);
const having = (...commands: PlayerCommand[]): Player => from(START, ...commands);
const tick = (ms: number): PlayerCommand => ({ type: 'tick', ms });

describe('the player', () => {
  test.each<[commands: PlayerCommand[], cursor: number, clock: number]>([
    [[{ type: 'stepForward' }], 1, 0],
    [[{ type: 'nextStep' }, { type: 'nextStep' }], 7, 4999],
    [[{ type: 'toEnd' }, { type: 'stepBack' }], 9, 5000],
    [[{ type: 'toEnd' }, { type: 'previousStep' }], 7, 4999],
    [[{ type: 'toEnd' }, { type: 'toStart' }], 0, 0],
    [[{ type: 'seekPart', part: 0.5 }], 7, 1080],
    [[{ type: 'seekPart', part: 1 }], 10, 5001],
    [[{ type: 'seekBy', ms: 1500 }], 7, 1500],
    [
      [
        { type: 'seekBy', ms: 1500 },
        { type: 'seekBy', ms: -600 },
      ],
      2,
      900,
    ],
    [[{ type: 'seekBy', ms: 99_999 }], 10, 5001],
    [[tick(2000)], 0, 0],
    [[{ type: 'togglePlay' }, tick(3505)], 2, 505],
    [[{ type: 'togglePlay' }, { type: 'faster' }, tick(3740)], 7, 3040],
    [[{ type: 'togglePlay' }, { type: 'slower' }, tick(3200)], 2, 10],
    [[{ type: 'toEnd' }, { type: 'toCause' }], 9, 5000],
  ])('after %j stands at %i, %i ms', (commands, cursor, clock) => {
    expect(having(...commands)).toMatchObject({ cursor, clock });
  });

  test('goes on at once when one starts to play: what there is has been read', () => {
    const read = having({ type: 'stepForward' }, { type: 'stepForward' });
    const reading = from(read, { type: 'togglePlay' }, tick(495));
    expect(reading).toMatchObject({ cursor: 2, clock: 505 });
  });

  test('keeps playing when one goes to another step or time, and pauses at a single entry', () => {
    const playing = (command: PlayerCommand): boolean => having({ type: 'togglePlay' }, command).playing;
    expect(playing({ type: 'nextStep' })).toBe(true);
    expect(playing({ type: 'seekBy', ms: 1 })).toBe(true);
    expect(playing({ type: 'stepForward' })).toBe(false);
    expect(playing({ type: 'toEnd' })).toBe(false);
  });

  test('stops at the end, and begins anew from there', () => {
    const ended = having({ type: 'togglePlay' }, tick(99_999));
    expect(ended).toMatchObject({ playing: false, cursor: 10 });
    expect(isAtEnd(ended, timeline)).toBe(true);
    expect(from(ended, { type: 'togglePlay' })).toMatchObject({ playing: true, cursor: 2 });
  });

  test('waits at the end of a log that still grows, and goes on with it', () => {
    const growing = createTimeline(smallLog.slice(0, 4));
    const waiting = play({ ...START, playing: true }, tick(99_999), growing);
    expect(waiting).toMatchObject({ playing: true, cursor: 4 });
    for (const entry of smallLog.slice(4)) growing.append(entry);
    expect(play(waiting, tick(1100), growing)).toMatchObject({ playing: true, cursor: 7 });
  });

  test('has a slowest and a fastest speed', () => {
    const many = (type: 'faster' | 'slower'): PlayerCommand[] => Array.from({ length: 20 }, () => ({ type }));
    expect(having(...many('faster')).speed).toBe(64);
    expect(having(...many('slower')).speed).toBe(0.25);
  });
});
