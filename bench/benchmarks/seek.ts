import { evolve } from '../../src/cluster/world/evolve.ts';
import { objectReader } from '../../src/cluster/world/readers.ts';
import { emptyWorld } from '../../src/cluster/world/world.ts';
import { drawWhole } from '../../src/kernel/chance/draw.ts';
import { fold } from '../../src/kernel/run/run.ts';
import { type Benchmark, heapInUse, percentile, timed } from '../benchmark.ts';
import { syntheticLog } from '../synthetic-log.ts';

const OBJECTS = 10_000;
const ENTRIES = 1_000_000;
const SEEKS = 2_000;
const ROWS = 40;

/** How long it takes to show forty rows as of any instant of a long log, and what keeping it all costs. */
export const seek: Benchmark = {
  name: 'seek',
  metrics: { seek_p50_ms: 'ms', seek_p99_ms: 'ms', memory_bytes_per_entry: 'bytes' },
  run() {
    const before = heapInUse();
    const { store } = fold({ evolve }, emptyWorld(), syntheticLog(OBJECTS, ENTRIES));
    const bytes = heapInUse() - before;
    const seeks = Array.from({ length: SEEKS }, (_, index) => {
      const seq = drawWhole({ seed: 'seek' }, OBJECTS, ENTRIES, 'seq', index);
      return timed(() => {
        const objects = objectReader({ tables: store.tables, seq });
        const rows = objects.list('pods', `team-${index % 50}`).slice(0, ROWS);
        if (rows.length < ROWS) throw new Error(`only ${rows.length} rows at ${seq}`);
      });
    });
    return {
      seek_p50_ms: percentile(seeks, 0.5),
      seek_p99_ms: percentile(seeks, 0.99),
      memory_bytes_per_entry: bytes / ENTRIES,
    };
  },
};
