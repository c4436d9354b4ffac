import type { Millis } from '../../kernel/time/millis.ts';

/** What is remembered of the use of what a VerticalPodAutoscaler is for, by its key in etcd. */
export interface VerticalRow {
  readonly key: string;
  /** Oldest first: what was found at each look from then on until the next. */
  readonly samples: readonly VerticalSample[];
}

export interface VerticalSample {
  readonly from: Millis;
  /** By container, of each pod: billionths of a processor, and bytes. */
  readonly used: Readonly<Record<string, readonly (readonly [cpu: number, memory: number])[]>>;
}

export type VerticalEvent = {
  readonly type: 'UsageSampled';
  /** Absent for an autoscaler that is no more. */
  readonly used?: VerticalSample['used'];
  readonly about: string;
};
