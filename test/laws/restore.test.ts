import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/cluster/contract/event.ts';
import { changesAfter } from '../../src/cluster/world/changes-after.ts';
import { evolve } from '../../src/cluster/world/evolve.ts';
import type { World } from '../../src/cluster/world/world.ts';
import type { Entry } from '../../src/kernel/log/entry.ts';
import { differenceOf } from '../../src/replay/difference.ts';
import { podStateAt } from '../../src/replay/pod-states.ts';
import { createTimeline, type Timeline } from '../../src/replay/timeline.ts';
import { playedLog } from '../support/play-scenario.ts';

const log = playedLog('rolling-update');
const whole = createTimeline(log);

function objectsOf({ store }: World, seq: number): Map<string, unknown> {
  return new Map<string, unknown>([...store.tables.objects.rows(seq)].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function revisionAt({ store }: World, seq: number): number {
  return store.tables.counters.read('revision', seq)?.value ?? 0;
}

/** The log with restores behind it: each goes back to a state of what there is by then. */
function withRestores(upTo: number, heldAt: readonly number[]): readonly Entry<Event>[] {
  const entries = log.slice(0, upTo);
  let world = whole.worldAt(upTo);
  for (const [index, share] of heldAt.entries()) {
    const seq = upTo + index + 1;
    const held = Math.floor(share * (seq - 1));
    const event: Event = { type: 'StoreRestored', seq: held, revision: revisionAt(world, held) };
    const entry = { seq, at: world.at + 1000, actor: 'scenario', key: 'story', cause: null, event };
    entries.push(entry);
    world = evolve(world, entry);
  }
  return entries;
}

const restores = fc.tuple(
  fc.integer({ min: 1, max: log.length }),
  fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 3 }),
);

describe('restoring a snapshot of a revision and folding to it give the same objects', () => {
  test('whatever the log, however often, and what was before stays as it was', () => {
    fc.assert(
      fc.property(restores, ([upTo, heldAt]) => {
        const timeline = createTimeline(withRestores(upTo, heldAt));
        const world = timeline.worldAt(timeline.entries.length);
        for (let seq = upTo + 1; seq <= timeline.entries.length; seq++) {
          const event = timeline.entries.of(seq)?.event;
          if (event?.type !== 'StoreRestored') throw new Error(`entry ${seq} restores nothing`);
          expect(objectsOf(world, seq)).toEqual(objectsOf(world, event.seq));
          expect(revisionAt(world, seq)).toBe(event.revision);
          // Whatever is read besides goes by the same objects.
          expect(world.store.tables.objects.list('resource', '/registry/pods/', seq)).toEqual(
            world.store.tables.objects.list('resource', '/registry/pods/', event.seq),
          );
        }
        expect(objectsOf(world, upTo)).toEqual(objectsOf(whole.worldAt(upTo), upTo));
      }),
      { numRuns: 40 },
    );
  });

  test('a log too long to keep all rows goes through the same worlds', () => {
    fc.assert(
      fc.property(restores, fc.integer({ min: 2, max: 9 }), ([upTo, heldAt], keepsEvery) => {
        const entries = withRestores(upTo, heldAt);
        const [thin, all] = [createTimeline(entries, { keepsEvery }), createTimeline(entries)];
        for (const seq of [entries.length, upTo, Math.floor(upTo / 2)])
          expect(objectsOf(thin.worldAt(seq), seq)).toEqual(objectsOf(all.worldAt(seq), seq));
      }),
      { numRuns: 15 },
    );
  });

  test('their difference is told, and the lanes of pods follow', () => {
    fc.assert(
      fc.property(restores, ([upTo, [share = 0]]) => {
        const timeline = createTimeline(withRestores(upTo, [share]));
        const event = timeline.entries.of(upTo + 1)?.event;
        if (event?.type !== 'StoreRestored') throw new Error('nothing is restored');
        const brief = (from: number, to: number) =>
          differenceOf(timeline, from, to).map(({ key, before, after }) => ({ key, before, after }));
        expect(brief(event.seq, upTo + 1)).toEqual([]);
        expect(brief(upTo, upTo + 1)).toEqual(brief(upTo, event.seq));
        expect(lanesAt(timeline, upTo + 1)).toEqual(lanesAt(timeline, event.seq));
        expect(timeline.pods.present.last).toBe(lanesAt(timeline, upTo + 1).length);
      }),
      { numRuns: 40 },
    );
  });

  test('a watch reports the history of the snapshot, and nothing of what was forgotten', () => {
    const at = Math.floor(log.length / 2);
    const entries = withRestores(log.length, [at / log.length]);
    const { tables } = createTimeline(entries).worldAt(entries.length).store;
    const revision = revisionAt(whole.worldAt(at), at);
    const watched = (after: number) =>
      changesAfter(tables, { resource: 'pods', revision: after }, entries.length);
    expect(watched(revision)).toEqual([]);
    expect(watched(revision + 100)).toEqual([]);
    expect(watched(0)).toEqual(changesAfter(tables, { resource: 'pods', revision: 0 }, at));
    expect(watched(0).length).toBeGreaterThan(0);
  });
});

/** The pods that are there, each as it is. */
function lanesAt({ pods }: Timeline, seq: number): readonly string[] {
  return pods.ever
    .map((pod) => ({ key: pod.key, state: podStateAt(pod, seq) }))
    .filter(({ state }) => state !== 'absent')
    .map(({ key, state }) => `${key} ${state}`)
    .sort();
}
