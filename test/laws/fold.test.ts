import { describe, expect, test } from 'vitest';
import { evolve } from '../../src/cluster/world/evolve.ts';
import { emptyWorld, type World } from '../../src/cluster/world/world.ts';
import { bundledScenario, playToEnd, scenarioNames } from '../support/play-scenario.ts';

describe('state is a fold', () => {
  test.each(scenarioNames)(
    '%s: a world folded from the log as it was written is the live one, at every commit',
    (name) => {
      const { run, log } = playToEnd(bundledScenario(name));
      let folded = emptyWorld();
      let before = 0;
      for (const entry of log) {
        folded = evolve(folded, JSON.parse(JSON.stringify(entry)));
        if (entry.more) continue;
        const live = { ...run.world, seq: entry.seq, at: entry.at };
        expect(changedRows(folded, before)).toEqual(changedRows(live, before));
        before = entry.seq;
      }
      expect(folded.seq).toBe(run.world.seq);
    },
  );
});

/** The rows present in each table, and what is in those that were written after a seq. */
function changedRows({ store, seq }: World, after: number): unknown {
  return Object.entries(store.tables).map(([name, table]) => {
    const rows = [...table.rows(seq)];
    const changed = rows.filter(([key]) => (table.changedAt(key, seq) ?? 0) > after);
    return { name, keys: rows.map(([key]) => key).sort(), changed: new Map<string, unknown>(changed) };
  });
}
