import { describe, expect, test } from 'vitest';
import type { Entry } from '../../../src/kernel/log/entry.ts';
import type { Agenda, Due, Model } from '../../../src/kernel/run/agenda.ts';
import { createDueQueue } from '../../../src/kernel/run/due-queue.ts';
import { comparePlaces, earliestAfter } from '../../../src/kernel/run/place.ts';
import { commits, fold, startRun, step } from '../../../src/kernel/run/run.ts';

/**
 * A clock that strikes: every `period` ms, as many strokes as periods have passed; every third hour is
 * silent.
 */
interface Strokes {
  readonly struck: number;
  readonly hour: number;
}
type Stroke = { readonly type: 'Struck'; readonly hour: number };
const period = 10;

const clock: Model<Strokes, Stroke> = {
  evolve: ({ struck }, { event }) => ({ struck: struck + 1, hour: event.hour }),
  agenda(_world, log): Agenda<Strokes, Stroke> {
    let next = Math.floor((log.at(-1)?.at ?? 0) / period) * period + period;
    return {
      peek: () => ({ at: next, actor: 'clock', key: 'tower', cause: null }),
      perform(_state, { at }, happens) {
        const hour = at / period;
        if (hour % 3 === 0) return;
        for (let stroke = 0; stroke < hour; stroke++) happens({ type: 'Struck', hour });
      },
      finish: () => {
        next += period;
      },
      observe: () => {},
    };
  },
};
const silence: Strokes = { struck: 0, hour: 0 };

function play(
  until: number,
  log: readonly Entry<Stroke>[] = [],
): { log: Entry<Stroke>[]; world: Strokes; now: number } {
  const run = startRun(clock, fold(clock, silence, log), log);
  const entries = [...commits(run, until)].flat();
  return { log: [...log, ...entries], world: run.world, now: run.now };
}

describe('a run', () => {
  test('appends what due work yields, in commits, and is silent where nothing changes', () => {
    const { log, now } = play(40);
    expect(log.map(({ seq, at, more }) => [seq, at, more ?? false])).toEqual([
      [1, 10, false],
      [2, 20, true],
      [3, 20, false],
      [4, 40, true],
      [5, 40, true],
      [6, 40, true],
      [7, 40, false],
    ]);
    expect(now).toBe(40);
  });

  test('stops before work that is due later than asked for', () => {
    const run = startRun(clock, silence);
    expect(step(run, 9)).toBeUndefined();
    expect(step(run, 10)).toHaveLength(1);
    expect(run.now).toBe(10);
  });

  test('is the fold of its log', () => {
    const { log, world } = play(80);
    expect(fold(clock, silence, log)).toEqual(world);
  });

  test('forked at any commit it goes on alike', () => {
    const { log } = play(80);
    for (const [index, { more }] of log.entries()) {
      if (!more) expect(play(80, log.slice(0, index + 1)).log).toEqual(log);
    }
  });

  test('can not be forked inside a commit', () => {
    expect(() => play(80, play(80).log.slice(0, 2))).toThrow('inside a commit');
  });

  test('refuses work that is due in the past', () => {
    const late: Model<Strokes, Stroke> = {
      ...clock,
      agenda: (world, log) => ({
        ...clock.agenda(world, log),
        peek: () => ({ at: -1, actor: 'late', key: '', cause: null }),
      }),
    };
    expect(() => step(startRun(late, silence))).toThrow('before now');
  });
});

describe('the order of work', () => {
  const due = (at: number, actor: string, key: string, cause: number | null = null): Due => ({
    at,
    actor,
    key,
    cause,
  });

  test('is by time, actor, key, then cause, whatever the order in which it came', () => {
    const order = [
      due(1, 'b', 'x'),
      due(2, 'a', 'x', 3),
      due(2, 'a', 'x', 7),
      due(2, 'a', 'y'),
      due(2, 'b', 'a'),
      due(3, 'a', 'a'),
    ];
    const queue = createDueQueue();
    for (const item of [3, 5, 0, 2, 4, 1]) queue.push(order[item] as Due);
    expect(order.map(() => queue.pop())).toEqual(order);
    expect(queue.peek()).toBeUndefined();
  });

  test.each`
    actor  | key    | earliest
    ${'a'} | ${'a'} | ${6}
    ${'b'} | ${'k'} | ${6}
    ${'b'} | ${'l'} | ${5}
    ${'c'} | ${'a'} | ${5}
  `('after (5, b, k), $actor $key can work at $earliest', ({ actor, key, earliest }) => {
    expect(earliestAfter({ at: 5, actor: 'b', key: 'k' }, actor, key)).toBe(earliest);
    expect(Math.sign(comparePlaces({ at: 5, actor, key }, { at: 5, actor: 'b', key: 'k' }))).toBe(
      earliest === 5 ? 1 : actor === 'b' && key === 'k' ? 0 : -1,
    );
  });
});
