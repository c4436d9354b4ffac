import { HOUR, MINUTE, type Millis } from '../../../kernel/time/millis.ts';
import type { VerticalSample } from '../../contract/vertical-row.ts';

/** Processors in thousandths, and bytes. */
export interface Resources {
  readonly cpu: number;
  readonly memory: number;
}

export interface Estimate {
  readonly lower: Resources;
  readonly target: Resources;
  readonly upper: Resources;
}

/** How often use is looked at. */
export const LOOK_MS: Millis = MINUTE;
const DAY_MS: Millis = 24 * HOUR;

/** vertical-pod-autoscaler: recommender/logic/recommender.go, its flags' defaults. */
const SAFETY_MARGIN = 1.15;
const LEAST: Resources = { cpu: 25, memory: 250 << 20 };

/**
 * What a container should request: nine tenths of the time it used no more of the processor, and never more
 * memory, with a margin; and the bounds within which it may stay, which are wide while little is known
 * (recommender/logic/estimator.go). Undefined where nothing is known.
 */
export function estimate(
  samples: readonly VerticalSample[],
  {
    container,
    containers,
    now,
  }: { readonly container: string; readonly containers: number; readonly now: Millis },
): Estimate | undefined {
  const weighed = samples.flatMap((sample, index) =>
    weigh(sample, { container, until: samples[index + 1]?.from ?? now + LOOK_MS, now }),
  );
  const [first] = weighed;
  if (!first) return undefined;
  const looks = weighed.reduce((sum, { looks: count }) => sum + count, 0);
  const confidence = Math.min((now - first.from) / DAY_MS, looks / (DAY_MS / LOOK_MS));
  const peak = bucketEnd(Math.max(...weighed.map(({ memory }) => memory)), MEMORY);
  const cpu = (share: number): number => percentile(weighed, share) * 1000;
  const least = { cpu: LEAST.cpu / containers, memory: LEAST.memory / containers };
  const at = (share: number, factor: number): Resources => ({
    cpu: Math.max(Math.floor(cpu(share) * SAFETY_MARGIN * factor), Math.floor(least.cpu)),
    memory: Math.max(Math.floor(peak * SAFETY_MARGIN * factor), Math.floor(least.memory)),
  });
  const known = Math.max(confidence, 1e-6);
  return {
    lower: at(0.5, 1 / ((1 + 0.001 / known) * (1 + 0.001 / known))),
    target: at(0.9, 1),
    upper: at(0.95, 1 + 1 / known),
  };
}

interface Weighed {
  readonly from: Millis;
  /** Processors. */
  readonly cpu: number;
  readonly memory: number;
  readonly looks: number;
  readonly weight: number;
}

/** What is a day old counts half. */
function weigh(
  { from, used }: VerticalSample,
  { container, until, now }: { readonly container: string; readonly until: Millis; readonly now: Millis },
): Weighed[] {
  const looks = Math.max(1, Math.round((until - from) / LOOK_MS));
  const weight = looks * halved((now - from) / DAY_MS);
  return (used[container] ?? []).map(([cpu, memory]) => ({ from, cpu: cpu / 1e9, memory, looks, weight }));
}

/** A half for each whole day, and a straight line between: the same on every machine. */
function halved(days: number): number {
  let left = 1;
  for (let day = 1; day <= days; day++) left /= 2;
  return left * (1 - (days - Math.floor(days)) / 2);
}

/** What was used no more than, so much of the time. */
function percentile(weighed: readonly Weighed[], share: number): number {
  const total = weighed.reduce((sum, { weight }) => sum + weight, 0);
  let passed = 0;
  for (const { cpu, weight } of weighed.toSorted((a, b) => a.cpu - b.cpu)) {
    passed += weight;
    if (passed >= share * total) return bucketEnd(cpu, CPU);
  }
  return 0;
}

/** Each bucket is a twentieth larger than the one before it (recommender/model/aggregations_config.go). */
const RATIO = 1.05;
const CPU = 0.01;
const MEMORY = 1e7;

function bucketEnd(value: number, first: number): number {
  let size = first;
  let end = first;
  while (end <= value) {
    size *= RATIO;
    end += size;
  }
  return end;
}
