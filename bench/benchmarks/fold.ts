import { evolve } from '../../src/cluster/world/evolve.ts';
import { emptyWorld } from '../../src/cluster/world/world.ts';
import { fold } from '../../src/kernel/run/run.ts';
import { type Benchmark, timed } from '../benchmark.ts';
import { syntheticLog } from '../synthetic-log.ts';

const CHANGES = 100_000;

/** How fast entries fold while the cluster has so many objects, every version kept. */
function foldAt(objects: number, label: string): Benchmark {
  const metric = `fold_eps_${label}`;
  return {
    name: metric,
    metrics: { [metric]: 'entries/s' },
    run() {
      const log = [...syntheticLog(objects, objects + CHANGES)];
      const world = fold({ evolve }, emptyWorld(), log.slice(0, objects));
      const changes = log.slice(objects);
      const ms = timed(() => fold({ evolve }, world, changes));
      return { [metric]: (changes.length / ms) * 1000 };
    },
  };
}

export const foldBenchmarks: readonly Benchmark[] = [
  foldAt(1_000, '1k'),
  foldAt(10_000, '10k'),
  foldAt(150_000, '150k'),
];
