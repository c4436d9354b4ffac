import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { branchTimeline, createTimeline, type Timeline } from '../../src/replay/timeline.ts';
import { playedLog, scenarioNames } from '../support/play-scenario.ts';

/** All that there is in a world, table by table. */
function contentsOf(timeline: Timeline, seq: number): unknown {
  const { tables } = timeline.worldAt(seq).store;
  return Object.entries(tables).map(([name, table]) => [name, new Map<string, unknown>(table.rows(seq))]);
}

describe('a log too long to keep all that was ever in it', () => {
  test.each(scenarioNames)(
    '%s: goes through the same worlds, in whatever order they are asked for',
    (name) => {
      const log = playedLog(name);
      const whole = createTimeline(log);
      let refound = 0;
      const archive = {
        entryAt(seq: number) {
          refound++;
          return log[seq - 1] as (typeof log)[number];
        },
        likely: () => [],
      };
      const thin = createTimeline(log, { archive, keepsEvery: 7 });
      // Only where etcd is turned back rows are needed that have been dropped.
      const isTurnedBack = log.some(({ event }) => event.type === 'StoreRestored');
      expect(refound > 0).toBe(isTurnedBack);
      fc.assert(
        fc.property(fc.integer({ min: 0, max: log.length }), (seq) => {
          expect(contentsOf(thin, seq)).toEqual(contentsOf(whole, seq));
        }),
        { numRuns: 12, examples: [[log.length], [Math.floor(log.length / 2)]] },
      );
      expect(refound).toBeGreaterThan(0);
    },
  );

  const log = playedLog('rolling-update');
  const whole = createTimeline(log);

  test('finds rows, lists and versions again, however few are kept', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 40 }),
        fc.array(fc.integer({ min: 1, max: log.length }), { minLength: 1, maxLength: 5 }),
        (keepsEvery, seqs) => {
          const thin = createTimeline(log, { keepsEvery });
          for (const seq of seqs) {
            const [few, all] = [thin, whole].map((each) => each.worldAt(seq).store.tables.objects);
            expect(few?.list('resource', '/registry/pods/', seq)).toEqual(
              all?.list('resource', '/registry/pods/', seq),
            );
            for (const key of all?.keysBy('resource', '/registry/pods/', seq) ?? [])
              expect(few?.versions(key, seq)).toEqual(all?.versions(key, seq));
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  test('branches as any other', () => {
    const thin = createTimeline(log, { keepsEvery: 5 });
    const stop = thin.stops[Math.floor(thin.stops.length / 2)] ?? 0;
    const branch = branchTimeline(thin, stop);
    for (const entry of log.slice(stop)) branch.append(entry);
    for (const seq of [3, stop - 1, stop, stop + 7, log.length])
      expect(contentsOf(branch, seq)).toEqual(contentsOf(whole, seq));
  });
});
