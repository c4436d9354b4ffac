import type { Event } from '../../src/cluster/contract/event.ts';
import { evolve } from '../../src/cluster/world/evolve.ts';
import { emptyWorld } from '../../src/cluster/world/world.ts';
import { createLogEncoder, LOG_FORMAT_VERSION } from '../../src/kernel/log/log-format.ts';
import { readLog } from '../../src/kernel/log/read-log.ts';
import { fold } from '../../src/kernel/run/run.ts';
import { type Benchmark, timed } from '../benchmark.ts';
import { syntheticLog } from '../synthetic-log.ts';

const OBJECTS = 10_000;
const ENTRIES = 200_000;

/** How much longer a log takes to load and fold than merely to parse as JSON, and how large it is. */
export const logFile: Benchmark = {
  name: 'log-file',
  metrics: { parse_ratio: '×', log_bytes_per_entry: 'bytes' },
  run() {
    const lines = logLines();
    const parseMs = timed(() => {
      for (const line of lines) JSON.parse(line);
    });
    const loadMs = timed(() => {
      const { entries, damage } = readLog<Event>(lines);
      if (damage) throw new Error(damage.reason);
      fold({ evolve }, emptyWorld(), entries);
    });
    const bytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
    return { parse_ratio: loadMs / parseMs, log_bytes_per_entry: bytes / ENTRIES };
  },
};

function logLines(): string[] {
  const encoder = createLogEncoder();
  const lines = [
    encoder.header({
      kubereel: 'log',
      formatVersion: LOG_FORMAT_VERSION,
      product: '0.0.0',
      seed: 'bench',
      scenario: { name: 'synthetic', digest: '0' },
    }),
  ];
  for (const entry of syntheticLog(OBJECTS, ENTRIES)) lines.push(encoder.entry(entry));
  lines.push(encoder.end());
  return lines.map((line) => line.trimEnd());
}
