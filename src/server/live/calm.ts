import { MINUTE, type Millis, SECOND } from '../../kernel/time/millis.ts';
import { isNotable } from '../../replay/notable.ts';
import type { LiveCluster } from './live-cluster.ts';

/** Whether something is still going on in a cluster, besides what goes on in it for ever. */
export interface Calm {
  /**
   * Until when it is worth going on: so long after the last thing that told something that nothing more is to
   * be expected of it, and in no case longer than `patience` after the last thing that a client did.
   */
  until(): Millis;
  /** Nothing that is due until then tells anything: only leases, heartbeats and probes go on. */
  isSettled(): boolean;
}

/** Longer than anything in a cluster that goes well keeps silent: a pod has 30 s to end in. */
const CALM_MS: Millis = 60 * SECOND;

/** A pod that crashes, or a CronJob, never gives rest. */
const PATIENCE_MS: Millis = 10 * MINUTE;

export interface Watching {
  readonly calm: Calm;
  stop(): void;
}

/**
 * Looks at what happens in a cluster from now on. With `isAwake` it counts as if a client had just done
 * something.
 */
export function watchForCalm(live: LiveCluster, isAwake = false): Watching {
  let told = isAwake ? live.now() : Number.NEGATIVE_INFINITY;
  let asked = told;
  const stop = live.subscribe((entries) => {
    for (const entry of entries) {
      if ('arrival' in entry.event) asked = entry.at;
      if (isNotable(entry)) told = entry.at;
    }
  });
  const until = (): Millis => Math.min(told + CALM_MS, asked + PATIENCE_MS);
  return { calm: { until, isSettled: () => (live.nextDue() ?? Infinity) > until() }, stop };
}
