import type { Millis } from '../../kernel/time/millis.ts';

/** Requests of programs and people that a pod has answered lately, by the pod's key. */
export interface ServedRow {
  readonly pod: string;
  /** By second, oldest first; those of traffic are not among them. */
  readonly recent: readonly Served[];
}

export interface Served {
  /** The beginning of the second. */
  readonly at: Millis;
  readonly port: number;
  readonly method: string;
  readonly path: string;
  readonly count: number;
}
