/**
 * `npm run bench -- [--json] [--runs N] [--only NAME]…`: medians of several runs, as a table or as one JSON
 * object.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { type Benchmark, type Beside, type Measures, percentile } from './benchmark.ts';
import { firstFrame, help } from './benchmarks/first-frame.ts';
import { foldBenchmarks } from './benchmarks/fold.ts';
import { logFile } from './benchmarks/log-file.ts';
import { longLog } from './benchmarks/long-log.ts';
import { rolloutBenchmarks } from './benchmarks/rollout.ts';
import { scheduling } from './benchmarks/scheduling.ts';
import { seek } from './benchmarks/seek.ts';
import { serving, servingIdle } from './benchmarks/serving.ts';
import { simulationBenchmarks } from './benchmarks/simulation.ts';
import { timeTravel } from './benchmarks/time-travel.ts';

const benchmarks: readonly Benchmark[] = [
  ...foldBenchmarks,
  ...simulationBenchmarks,
  ...rolloutBenchmarks,
  seek,
  timeTravel,
  scheduling,
  logFile,
  longLog,
  serving,
  servingIdle,
  firstFrame,
  help,
];

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    runs: { type: 'string', default: '5' },
    only: { type: 'string', multiple: true },
    /** Set for the process of one run. */
    child: { type: 'string' },
    /** Set for the process beside it. */
    beside: { type: 'string' },
  },
});

if (options.child !== undefined) await reportRun(options.child);
else if (options.beside !== undefined) await stayBeside(options.beside);
else await measureAll();

async function reportRun(name: string): Promise<void> {
  const benchmark = benchmarks.find((one) => one.name === name);
  const beside = benchmark?.beside ? await startBeside(name) : undefined;
  process.send?.(await benchmark?.run(beside));
  beside?.end();
  process.disconnect();
}

/** The process that stays beside a run until it ends. */
async function stayBeside(name: string): Promise<void> {
  process.on('disconnect', () => process.exit());
  process.on('message', () => process.send?.(process.cpuUsage()));
  process.send?.(await benchmarks.find((one) => one.name === name)?.beside?.());
}

async function startBeside(name: string): Promise<Beside & { readonly end: () => void }> {
  const [, script = ''] = process.argv;
  const child = fork(script, ['--beside', name], { execArgv: ['--enable-source-maps'] });
  const [said] = (await once(child, 'message')) as [unknown];
  return {
    said,
    async cpuMs() {
      child.send('cpu');
      const [{ user, system }] = (await once(child, 'message')) as [NodeJS.CpuUsage];
      return (user + system) / 1000;
    },
    end: () => child.disconnect(),
  };
}

async function measureAll(): Promise<void> {
  const chosen = benchmarks.filter(({ name }) => !options.only || options.only.includes(name));
  const medians: Record<string, number> = {};
  for (const benchmark of chosen) {
    const runs: Measures[] = [];
    for (let run = 0; run < Number(options.runs); run++) runs.push(await runApart(benchmark));
    for (const [metric, unit] of Object.entries(benchmark.metrics)) {
      const values = runs.map((measures) => measures[metric] ?? Number.NaN);
      medians[metric] = rounded(percentile(values, 0.5));
      if (!options.json) console.log(row(metric, unit, values));
    }
  }
  if (options.json) console.log(JSON.stringify(medians));
}

/** One run in a process of its own. */
function runApart({ name }: Benchmark): Promise<Measures> {
  const [, script = ''] = process.argv;
  const execArgv = ['--expose-gc', '--max-old-space-size=4096', '--enable-source-maps'];
  // As it is published: React says far more while it is developed with, and takes several times as long.
  const env = { ...process.env, NODE_ENV: 'production' };
  const child = fork(script, ['--child', name], { execArgv, env });
  return new Promise((resolve, reject) => {
    child.on('message', (measures) => resolve(measures as Measures));
    child.on('exit', (code) => reject(new Error(`${name} ended with ${code} and measured nothing`)));
  });
}

function row(metric: string, unit: string, values: readonly number[]): string {
  const [low, median, high] = [0, 0.5, 1].map((share) => String(rounded(percentile(values, share))));
  return `${metric.padEnd(24)} ${(median ?? '').padStart(10)} ${unit.padEnd(10)} (${low} to ${high})`;
}

/** Three digits that mean something; whole numbers stay whole. */
function rounded(value: number): number {
  return value >= 1000 ? Math.round(value) : Number(value.toPrecision(3));
}
