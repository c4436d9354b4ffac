import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { VersionedTable } from '../../src/kernel/table/versioned-table.ts';
import { outlineIn } from '../../src/replay/outlined-entry.ts';
import { branchTimeline, createTimeline, type Timeline } from '../../src/replay/timeline.ts';
import { playedLog, scenarioNames } from '../support/play-scenario.ts';
import { scannedEntries } from '../support/scanned-entries.ts';

/** All that there is in a world, table by table. */
function contentsOf(timeline: Timeline, seq: number): unknown {
  const { tables } = timeline.worldAt(seq).store;
  return Object.entries(tables).map(([name, table]) => [name, new Map<string, unknown>(table.rows(seq))]);
}

/** The same as a text: fields stand in the same order, too. */
function textOf(timeline: Timeline, seq: number): string {
  const { tables } = timeline.worldAt(seq).store;
  const rows = Object.entries(tables).map(([name, table]) => [
    name,
    [...(table as VersionedTable<unknown>).rows(seq)].sort(([a], [b]) => (a < b ? -1 : 1)),
  ]);
  return JSON.stringify(rows, null, 1);
}

/** All that is noted of a log while it is read. */
function notedOf({ facts, pods, ...marks }: Timeline, count: number): unknown {
  const { stops, story, notable, warnings, beats } = marks;
  const seqs = Array.from({ length: count }, (_, index) => index + 1);
  return {
    facts: seqs.map((seq) => [
      facts.timeOf(seq),
      facts.causeOf(seq),
      facts.originOf(seq),
      ...[facts.actor, facts.type, facts.reason, facts.object, facts.subject].map((of) => of.textAt(seq)),
    ]),
    pods: [pods.ever, pods.present.changes(), pods.ready.changes()],
    marks: [stops, story, notable, warnings, beats.seqs, beats.playedAt],
  };
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
      // Only where etcd is turned back can rows be needed that have been dropped.
      const isTurnedBack = log.some(({ event }) => event.type === 'StoreRestored');
      expect(refound > 0 && !isTurnedBack).toBe(false);
      fc.assert(
        fc.property(fc.integer({ min: 0, max: log.length }), (seq) => {
          expect(contentsOf(thin, seq)).toEqual(contentsOf(whole, seq));
        }),
        { numRuns: 12, examples: [[log.length], [Math.floor(log.length / 2)]] },
      );
      expect(refound).toBeGreaterThan(0);
    },
  );

  test.each(scenarioNames)('%s: updates of which only the outline is read leave the same behind', (name) => {
    const log = playedLog(name);
    const whole = createTimeline(log);
    const archive = { entryAt: (seq: number) => log[seq - 1] as (typeof log)[number], likely: () => [] };
    const entries = scannedEntries(log);
    expect(entries.map(({ seq, at, actor, cause, more }) => ({ seq, at, actor, cause, more }))).toEqual(
      log.map(({ seq, at, actor, cause, more }) => ({ seq, at, actor, cause, more })),
    );
    const updates = log.filter(({ event }) => event.type === 'ObjectUpdated').length;
    expect(entries.filter((entry) => outlineIn(entry)).length).toBeGreaterThan(0.8 * updates - 1);
    const outlined = createTimeline(entries, { archive, keepsEvery: 3 });
    expect(notedOf(outlined, log.length)).toEqual(notedOf(whole, log.length));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: log.length }), (seq) => {
        expect(textOf(outlined, seq)).toBe(textOf(whole, seq));
      }),
      { numRuns: 6, examples: [[log.length]] },
    );
    const { objects } = whole.worldAt(log.length).store.tables;
    const refound = outlined.worldAt(log.length).store.tables.objects;
    for (const [key] of objects.rows(log.length))
      expect(refound.versions(key, log.length)).toEqual(objects.versions(key, log.length));
  });

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
