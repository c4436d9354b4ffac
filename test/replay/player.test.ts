import { describe, expect, test } from 'vitest';
import { type Player, type PlayerCommand, play, START } from '../../src/replay/player/player.ts';
import { createTimeline } from '../../src/replay/timeline.ts';
import { smallLog } from '../support/small-log.ts';

const timeline = createTimeline(smallLog);
const having = (...commands: PlayerCommand[]): Player =>
  commands.reduce((player, command) => play(player, command, timeline), START);

describe('the player', () => {
  test.each<[commands: PlayerCommand[], cursor: number, clock: number]>([
    [[{ type: 'stepForward' }], 1, 0],
    [[{ type: 'nextStep' }, { type: 'nextStep' }], 4, 1000],
    [[{ type: 'toEnd' }, { type: 'stepBack' }], 9, 5000],
    [[{ type: 'toEnd' }, { type: 'previousStep' }], 8, 5000],
    [[{ type: 'toEnd' }, { type: 'toStart' }], 0, 0],
    [[{ type: 'seekPart', part: 0.5 }], 7, 1080],
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
    [[{ type: 'tick', ms: 2000 }], 0, 0],
    [[{ type: 'togglePlay' }, { type: 'tick', ms: 1050 }], 4, 1050],
    [[{ type: 'togglePlay' }, { type: 'faster' }, { type: 'tick', ms: 1050 }], 7, 2100],
    [[{ type: 'togglePlay' }, { type: 'slower' }, { type: 'tick', ms: 1050 }], 2, 525],
  ])('after %j stands at %i, %i ms', (commands, cursor, clock) => {
    expect(having(...commands)).toMatchObject({ cursor, clock });
  });

  test('stops playing at the end, and when one goes elsewhere', () => {
    expect(having({ type: 'togglePlay' }, { type: 'tick', ms: 99_999 }).playing).toBe(false);
    expect(having({ type: 'togglePlay' }, { type: 'stepForward' }).playing).toBe(false);
    expect(having({ type: 'togglePlay' }, { type: 'seekBy', ms: 1 }).playing).toBe(true);
  });

  test('has a slowest and a fastest speed', () => {
    const many = (type: 'faster' | 'slower'): PlayerCommand[] => Array.from({ length: 20 }, () => ({ type }));
    expect(having(...many('faster')).speed).toBe(64);
    expect(having(...many('slower')).speed).toBe(0.25);
  });
});
