import type { Millis } from '../../kernel/time/millis.ts';

/** What the metrics server has measured last of the containers of a pod. By `namespace/name`. */
export interface UsageRow {
  readonly pod: string;
  readonly node: string;
  /** By the name of the container. */
  readonly containers: Readonly<Record<string, ContainerUsage>>;
  /** When it was measured for the first time as it is. It was the same at every scrape since. */
  readonly since: Millis;
}

/** Measured between two scrapes: billionths of a processor, and bytes. */
export type ContainerUsage = readonly [cpu: number, memory: number];

export type UsageEvent = {
  readonly type: 'UsageScraped';
  /** Pods of which something else was measured than at the scrape before. */
  readonly used?: Readonly<Record<string, Pick<UsageRow, 'node' | 'containers'>>>;
  /** Pods of which there is nothing to tell any more. */
  readonly gone?: readonly string[];
  /** seq of the entry that this load follows from. */
  readonly follows?: number;
};
