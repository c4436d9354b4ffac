import type { Millis } from '../../kernel/time/millis.ts';

export type ProbeKind = 'startup' | 'readiness' | 'liveness';
export type ProbeResult = 'unknown' | 'success' | 'failure';

/** What probes one container in one way, from the pod's first sync until the pod's end. */
export interface ProbeWorkerRow {
  readonly key: string;
  readonly node: string;
  readonly pod: string;
  readonly container: string;
  readonly kind: ProbeKind;
  readonly periodMs: Millis;
  /** Its ticks come at this time and every period after. */
  readonly anchor: Millis;
  /** When somebody asked for a run outside of the ticks. */
  readonly triggeredAt?: Millis;
  /** The container that was probed last, by its ID. */
  readonly containerId?: string;
  /** What the kubelet goes by, for that container. */
  readonly result?: ProbeResult;
  /** The outcome of the last run. */
  readonly last: ProbeResult;
  /** How many runs in a row had that outcome. */
  readonly run: number;
  /** Nothing is probed until there is a new container. */
  readonly onHold: boolean;
  /** A run that takes its time. */
  readonly running?: { readonly until: Millis; readonly exec?: string; readonly outcome?: ProbeOutcome };
}

export interface ProbeOutcome {
  readonly result: 'success' | 'failure' | 'error';
  readonly output: string;
  /** It succeeded in a way that is worth a warning: a redirection elsewhere. */
  readonly isWarning?: true;
}
