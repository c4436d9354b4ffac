import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evolve } from '../../src/cluster/world/evolve.ts';
import { emptyWorld, type World } from '../../src/cluster/world/world.ts';
import { fold } from '../../src/kernel/run/run.ts';
import { goOn } from '../../src/replay/fork.ts';
import { START } from '../../src/replay/player/player.ts';
import {
  type Branch,
  currentBranch,
  startTravels,
  type TravelCommand,
  type Travels,
  travel,
} from '../../src/replay/player/travels.ts';
import { momentOf } from '../../src/replay/seek.ts';
import { createTimeline, type Timeline } from '../../src/replay/timeline.ts';
import { bundledScenario, playedLog } from '../support/play-scenario.ts';

const scenario = bundledScenario('self-healing');
const ground = { scenario };
const main = createTimeline(playedLog('self-healing'));
main.finish();

type Act = TravelCommand | { readonly type: 'grow'; readonly ms: number };

const moves = fc.constantFrom<Act>(
  { type: 'stepForward' },
  { type: 'stepBack' },
  { type: 'nextStep' },
  { type: 'previousStep' },
  { type: 'toCause' },
  { type: 'toStart' },
  { type: 'toEnd' },
  { type: 'togglePlay' },
  { type: 'toggleDetail' },
  { type: 'toggleBookmark' },
  { type: 'toBookmark' },
  { type: 'faster' },
);
const acts = fc.oneof(
  { weight: 6, arbitrary: moves },
  fc.record({ type: fc.constant('seekPart' as const), part: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({ type: fc.constant('seekBy' as const), ms: fc.integer({ min: -20_000, max: 20_000 }) }),
  fc.record({ type: fc.constant('tick' as const), ms: fc.integer({ min: 0, max: 5000 }) }),
  fc.record({ type: fc.constant('grow' as const), ms: fc.integer({ min: 0, max: 10_000 }) }),
  fc.record({
    type: fc.constant('write' as const),
    line: fc.constantFrom('kubectl delete pod --all --wait=false', 'kubectl create ns mine', 'kubectl get x'),
  }),
  fc.constant<Act>({ type: 'fork' }),
  fc.record({
    type: fc.constant('toBranch' as const),
    name: fc.constantFrom('main', 'branch-1', 'branch-2', 'nobody'),
  }),
  fc.constant<Act>({ type: 'nameBranch', of: 'branch-2', name: 'mine' }),
);

function done(travels: Travels, act: Act): Travels {
  if (act.type !== 'grow') return travel(travels, act, ground);
  const { fork, timeline } = currentBranch(travels);
  if (fork) for (const _ of goOn(fork, timeline.duration + act.ms));
  return travels;
}

function start(): Travels {
  return startTravels(main, START, 'main');
}

/** All that is in a world at its seq, as text. */
function contents({ store, seq }: World): string {
  const tables = Object.entries(store.tables) as [string, { rows(seq: number): Iterable<unknown> }][];
  return tables
    .flatMap(([name, table]) => [...table.rows(seq)].map((row) => `${name} ${JSON.stringify(row)}`))
    .sort()
    .join('\n');
}

function foldAt({ entries }: Timeline, seq: number): World {
  return fold({ evolve }, emptyWorld(), entries.between(1, seq));
}

describe('whatever is done, in whichever branches', () => {
  test('the world that is shown is the fold at the cursor', () => {
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 25 }), (sequence) => {
        const { branches } = sequence.reduce(done, start());
        for (const { timeline, player } of branches) {
          expect(contents(timeline.worldAt(player.cursor))).toBe(contents(foldAt(timeline, player.cursor)));
        }
      }),
      { numRuns: 25 },
    );
  });

  test('a branch is what it left up to the fork, and the opened log stays what it is', () => {
    const before = [...main.entries].map((entry) => JSON.stringify(entry));
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 25 }), (sequence) => {
        const { branches } = sequence.reduce(done, start());
        for (const { from, timeline } of branches) {
          const parent = branches.find(({ name }) => name === from?.name);
          if (!from || !parent) continue;
          expect(timeline.entries.between(1, from.at)).toEqual(parent.timeline.entries.between(1, from.at));
        }
        expect([...main.entries].map((entry) => JSON.stringify(entry))).toEqual(before);
      }),
      { numRuns: 15 },
    );
  });

  test('who goes on and back again is where they were', () => {
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 20 }), (sequence) => {
        const travels = sequence.reduce(done, start());
        const at = standing(travels);
        const onward = travel(at, { type: 'stepForward' }, ground);
        const moved = currentBranch(onward).player.cursor !== currentBranch(at).player.cursor;
        if (!moved) return;
        expect(currentBranch(travel(onward, { type: 'stepBack' }, ground)).player).toEqual(
          currentBranch(at).player,
        );
      }),
      { numRuns: 25 },
    );
  });

  test('who goes to another branch and back is where they were', () => {
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 20 }), (sequence) => {
        const travels = sequence.reduce(done, start());
        for (const { name } of travels.branches) {
          const there = travel(travels, { type: 'toBranch', name }, ground);
          const back = travel(there, { type: 'toBranch', name: travels.current }, ground);
          expect(currentBranch(back).player).toBe(currentBranch(travels).player);
        }
      }),
      { numRuns: 15 },
    );
  });
});

/** Paused at a place where something is shown, from where there is a way on and back. */
function standing(travels: Travels): Travels {
  const { timeline } = currentBranch(travels);
  const { isLost: _, ...player } = currentBranch(travels).player;
  const seq = timeline.beats.seqs.find((each) => each >= player.cursor) ?? 0;
  const branch: Branch = {
    ...currentBranch(travels),
    player: { ...player, ...momentOf(timeline, seq), detailed: false, playing: false },
  };
  return {
    ...travels,
    branches: travels.branches.map((each) => (each.name === branch.name ? branch : each)),
  };
}

describe('a line that is typed', () => {
  const middle = travel(start(), { type: 'seekPart', part: 0.5 }, ground);

  test('leaves the opened log for a branch, which plays', () => {
    const { branches, current, remark } = travel(
      middle,
      { type: 'write', line: 'kubectl create ns a' },
      ground,
    );
    expect(branches.map(({ name, from }) => [name, from?.name])).toEqual([
      ['main', undefined],
      ['branch-1', 'main'],
    ]);
    expect(current).toBe('branch-1');
    expect(remark).toEqual({ what: 'forked', name: 'branch-1' });
    expect(branches[1]?.player.playing).toBe(true);
  });

  test('goes on in a branch as far as it has been seen, after what was typed at the same place', () => {
    const acts: readonly Act[] = [
      { type: 'write', line: 'kubectl create ns a' },
      { type: 'grow', ms: 5000 },
      { type: 'write', line: 'kubectl create ns b' },
      { type: 'grow', ms: 5000 },
    ];
    const travels = acts.reduce(done, middle);
    expect(travels.branches).toHaveLength(2);
    const printed = [...currentBranch(travels).timeline.entries].flatMap(({ event }) =>
      event.type === 'CommandPrinted' ? (event.stdout ?? '') : [],
    );
    expect(printed.slice(-2)).toEqual(['namespace/a created\n', 'namespace/b created\n']);
  });

  test('leaves a branch too where more of it has been seen', () => {
    const acts: readonly Act[] = [
      { type: 'write', line: 'kubectl create ns a' },
      { type: 'grow', ms: 5000 },
      { type: 'toEnd' },
      { type: 'stepBack' },
      { type: 'write', line: 'kubectl create ns b' },
    ];
    expect(acts.reduce(done, middle).branches.map(({ from }) => from?.name)).toEqual([
      undefined,
      'main',
      'branch-1',
    ]);
  });

  test('is refused where nothing is known that could go on', () => {
    const write: TravelCommand = { type: 'write', line: 'kubectl create ns a' };
    const empty = startTravels(createTimeline(), START, 'main');
    expect(travel(empty, write, ground).remark).toEqual({ what: 'empty' });
    expect(travel(middle, write, undefined).remark).toEqual({ what: 'recorded' });
    expect(travel(middle, { type: 'fork' }, { scenario, isUnknown: true }).remark).toEqual({
      what: 'unknown',
    });
  });
});

describe('the name of a branch', () => {
  const forked = travel(travel(start(), { type: 'seekPart', part: 0.5 }, ground), { type: 'fork' }, ground);
  const nested = travel(forked, { type: 'fork' }, ground);

  test('is changed wherever it stands', () => {
    const { branches } = travel(nested, { type: 'nameBranch', of: 'branch-1', name: 'mine' }, ground);
    expect(branches.map(({ name, from }) => [name, from?.name])).toEqual([
      ['main', undefined],
      ['mine', 'main'],
      ['branch-2', 'mine'],
    ]);
  });

  test.each(['main', 'A b', '', '-x', '한글'])('is not %j', (name) => {
    const { remark, branches } = travel(nested, { type: 'nameBranch', of: 'branch-1', name }, ground);
    expect(remark).toEqual({ what: 'unnamed' });
    expect(branches).toBe(nested.branches);
  });
});
