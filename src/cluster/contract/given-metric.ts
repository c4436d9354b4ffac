import type { Millis } from '../../kernel/time/millis.ts';

/** A metric that no simulated program serves: a scenario says what it is worth, and from when on. */
export interface GivenMetric {
  /** In the order of their times. */
  readonly values: readonly { readonly atMs: Millis; readonly milli: number }[];
  /** Pods share it, so that each has the less of it the more there are; otherwise each has all of it. */
  readonly shared?: true;
}

/** What it is worth at a time, in thousandths; undefined before the first time that is told. */
export function givenAt({ values }: GivenMetric, now: Millis): number | undefined {
  return values.findLast(({ atMs }) => atMs <= now)?.milli;
}
