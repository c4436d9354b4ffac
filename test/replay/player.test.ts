import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAtEnd, type Player, type PlayerCommand, play, START } from '../../src/replay/player/player.ts';
import { parseQuery } from '../../src/replay/query.ts';
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

describe('the player goes to what is looked for', () => {
  const query = parseQuery('type:CommandPrinted') ?? [];
  const cm = { key: '/registry/configmaps/default/cm' };

  test.each<[commands: PlayerCommand[], cursor: number, isLost: boolean]>([
    [[{ type: 'toNamed', name: 'step 2' }], 4, false],
    [[{ type: 'toNamed', name: 'nowhere' }], 0, true],
    [[{ type: 'toNamed', name: 'nowhere' }, { type: 'stepForward' }], 1, false],
    [[{ type: 'toChange', of: cm, way: 'next' }], 7, false],
    [[{ type: 'toChange', of: cm, way: 'previous' }], 0, true],
    [[{ type: 'toEnd' }, { type: 'toChange', of: cm, way: 'previous' }], 7, false],
    [[{ type: 'find', query, way: 'next' }], 0, true],
    [[{ type: 'toggleDetail' }, { type: 'find', query, way: 'next' }], 7, false],
    [
      [{ type: 'toggleDetail' }, { type: 'find', query, way: 'next' }, { type: 'find', query, way: 'next' }],
      7,
      true,
    ],
    [[{ type: 'toEnd' }, { type: 'toggleDetail' }, { type: 'find', query, way: 'previous' }], 7, false],
    [[{ type: 'toBookmark' }], 0, true],
    [
      [{ type: 'stepForward' }, { type: 'toggleBookmark' }, { type: 'toEnd' }, { type: 'toBookmark' }],
      1,
      false,
    ],
  ])('after %j it stands at %i, lost: %s', (commands, cursor, isLost) => {
    const player = having(...commands);
    expect([player.cursor, player.isLost ?? false]).toEqual([cursor, isLost]);
  });

  test('and keeps its bookmarks in order, each until it is set again', () => {
    const step: PlayerCommand = { type: 'stepForward' };
    const set: PlayerCommand = { type: 'toggleBookmark' };
    const two = having(step, step, set, { type: 'toStart' }, step, set);
    expect(two.bookmarks).toEqual([1, 2]);
    expect(from(two, set).bookmarks).toEqual([2]);
  });

  test('a tick leaves what was told', () => {
    expect(having({ type: 'toBookmark' }, tick(10)).isLost).toBe(true);
  });
});

describe('whatever the player is told', () => {
  const command = fc.oneof(
    fc.constantFrom<PlayerCommand>(
      { type: 'stepForward' },
      { type: 'stepBack' },
      { type: 'nextStep' },
      { type: 'previousStep' },
      { type: 'toCause' },
      { type: 'toStart' },
      { type: 'toEnd' },
      { type: 'togglePlay' },
      { type: 'toggleDetail' },
      { type: 'faster' },
      { type: 'toggleBookmark' },
      { type: 'toBookmark' },
      { type: 'find', query: parseQuery('scenario') ?? [], way: 'next' },
      { type: 'find', query: parseQuery('cm') ?? [], way: 'previous' },
    ),
    fc.integer({ min: -3000, max: 3000 }).map((ms): PlayerCommand => ({ type: 'seekBy', ms })),
    fc.nat(3000).map((ms): PlayerCommand => ({ type: 'tick', ms })),
    fc.nat(12).map((seq): PlayerCommand => ({ type: 'toNamed', name: String(seq) })),
  );

  test('it stands after a whole commit, at a time that is its own, and sees the fold so far', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
        const { cursor, clock } = having(...commands);
        expect([0, ...timeline.stops]).toContain(cursor);
        expect(clock).toBeGreaterThanOrEqual(timeline.timeOf(cursor));
        const folded = createTimeline(smallLog.slice(0, cursor));
        const objects = (of: typeof timeline): unknown => [
          ...of.worldAt(cursor).store.tables.objects.rows(cursor),
        ];
        expect(objects(timeline)).toEqual(objects(folded));
      }),
    );
  });
});
