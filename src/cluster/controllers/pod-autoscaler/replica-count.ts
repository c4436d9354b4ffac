import type { Millis } from '../../../kernel/time/millis.ts';

/** What is known of one pod: thousandths of whatever is measured, and of which time. */
export interface PodMetric {
  readonly value: number;
  /** Milliseconds since 1970. */
  readonly measuredAt: number;
  readonly windowMs: Millis;
}

export interface Tolerances {
  readonly up: number;
  readonly down: number;
  /** Before 1.33: by how much the ratio is off, whichever way, in the arithmetic of that time. */
  readonly isOld: boolean;
}

export function isWithin(ratio: number, { up, down, isOld }: Tolerances): boolean {
  return isOld ? Math.abs(1 - ratio) <= up : 1 - down <= ratio && ratio <= 1 + up;
}

/** What the pods of a target say, sorted by how far they can be believed. */
export interface Sorted {
  /** Values of those that count, in thousandths. */
  readonly counted: ReadonlyMap<string, number>;
  readonly unready: readonly string[];
  readonly missing: readonly string[];
  readonly readyCount: number;
}

/** How many are wanted, and what is used now. */
export interface Proposal {
  readonly replicas: number;
  /** Percent of what was requested. */
  readonly utilization?: number;
  /** On average of a pod, in thousandths. */
  readonly average: number;
}

interface Measure {
  readonly ratio: number;
  readonly utilization?: number;
  readonly average: number;
}

interface Wanted {
  readonly current: number;
  readonly tolerances: Tolerances;
  readonly sorted: Sorted;
  readonly measure: (values: ReadonlyMap<string, number>) => Measure;
  /** What a pod that nothing is known of is taken to use when there seem to be too many. */
  readonly fallback: (pod: string) => number;
}

/**
 * Replicas by the share of their requests that pods use (podautoscaler/replica_calculator.go
 * GetResourceReplicas). Percentages are whole: what is over is cut off.
 */
export function replicasByUtilization(
  { current, tolerances, sorted }: Pick<Wanted, 'current' | 'tolerances' | 'sorted'>,
  { requests, target }: { readonly requests: ReadonlyMap<string, number>; readonly target: number },
): Proposal {
  return propose({
    current,
    tolerances,
    sorted,
    fallback: (pod) => Math.trunc(((requests.get(pod) ?? 0) * Math.max(100, target)) / 100),
    measure(values) {
      let used = 0;
      let requested = 0;
      for (const [pod, value] of values) {
        used += value;
        requested += requests.get(pod) ?? 0;
      }
      const utilization = Math.trunc((used * 100) / requested);
      return { ratio: utilization / target, utilization, average: Math.trunc(used / values.size) };
    },
  });
}

/** Replicas by what a pod uses on average, in thousandths (replica_calculator.go calcPlainMetricReplicas). */
export function replicasByAverage(
  { current, tolerances, sorted }: Pick<Wanted, 'current' | 'tolerances' | 'sorted'>,
  target: number,
): Proposal {
  return propose({
    current,
    tolerances,
    sorted,
    fallback: () => target,
    measure(values) {
      const used = [...values.values()].reduce((sum, value) => sum + value, 0);
      const average = Math.trunc(used / values.size);
      return { ratio: average / target, average };
    },
  });
}

function propose({ current, tolerances, sorted, measure, fallback }: Wanted): Proposal {
  const { counted, unready, missing, readyCount } = sorted;
  const { ratio, utilization, average } = measure(counted);
  const answer = (replicas: number): Proposal => ({
    replicas,
    average,
    ...(utilization !== undefined && { utilization }),
  });
  const countsUnready = unready.length > 0 && ratio > 1;
  if (!countsUnready && missing.length === 0) {
    return answer(isWithin(ratio, tolerances) ? current : Math.ceil(ratio * readyCount));
  }
  const values = new Map(counted);
  // Those of which nothing is known speak for leaving it as it is.
  if (ratio !== 1) for (const pod of missing) values.set(pod, ratio < 1 ? fallback(pod) : 0);
  if (countsUnready) for (const pod of unready) values.set(pod, 0);
  const careful = measure(values).ratio;
  const turns = (ratio < 1 && careful > 1) || (ratio > 1 && careful < 1);
  if (isWithin(careful, tolerances) || turns) return answer(current);
  const replicas = Math.ceil(careful * values.size);
  const goesBack = (careful < 1 && replicas > current) || (careful > 1 && replicas < current);
  return answer(goesBack ? current : replicas);
}

/** Replicas by one number for all of them (replica_calculator.go getUsageRatioReplicaCount). */
export function replicasByRatio(
  ratio: number,
  {
    current,
    readyCount,
    tolerances,
  }: { readonly current: number; readonly readyCount: number; readonly tolerances: Tolerances },
): number {
  if (current === 0) return Math.ceil(ratio);
  return isWithin(ratio, tolerances) ? current : Math.ceil(ratio * readyCount);
}

/** Replicas that share one number evenly, in thousandths (GetObjectPerPodMetricReplicas). */
export function replicasByShare(
  usage: number,
  {
    reported,
    target,
    tolerances,
  }: { readonly reported: number; readonly target: number; readonly tolerances: Tolerances },
): Proposal {
  const ratio = usage / (target * reported);
  const replicas = isWithin(ratio, tolerances) ? reported : Math.ceil(usage / target);
  return { replicas, average: Math.ceil(usage / reported) };
}
