/** What one run measured, by the name of the metric. */
export type Measures = Readonly<Record<string, number>>;

/** Something worth measuring. Each run has a process of its own, so no run warms up or litters another. */
export interface Benchmark {
  readonly name: string;
  /** What it measures, with the unit of each. */
  readonly metrics: Readonly<Record<string, string>>;
  /** What stands in another process meanwhile. */
  readonly beside?: () => unknown;
  run(beside?: Beside): Measures | Promise<Measures>;
}

/** The other process, as a run meets it. */
export interface Beside {
  /** What it told when it was ready. */
  readonly said: unknown;
  /** The time of the processor that it has taken so far. */
  cpuMs(): Promise<number>;
}

/** Milliseconds that the work took. */
export function timed(work: () => void): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}

/** The value below which `share` (0 to 1) of the values lie. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Bytes of the heap in use, once all garbage is gone. */
export function heapInUse(): number {
  if (!global.gc) throw new Error('run with --expose-gc');
  global.gc();
  global.gc();
  return process.memoryUsage().heapUsed;
}
