import type { Millis } from '../kernel/time/millis.ts';
import { SECOND } from '../kernel/time/millis.ts';
import { metricsText } from '../report/metrics/metrics-text.ts';
import { EXIT } from './exit.ts';
import { openTimeline } from './open-timeline.ts';
import type { Which } from './which.ts';
import { writeTo } from './write-out.ts';

export interface MetricsOptions extends Which {
  /** Virtual milliseconds between two scrapes. */
  readonly every?: Millis;
  readonly output?: string;
  readonly seed?: string;
}

/** As kube-prometheus scrapes what it scrapes often. */
const EVERY_MS = 15 * SECOND;

/** `kubereel metrics`: the metrics of the simulated cluster over virtual time, for tools that read them. */
export async function metricsCommand(what: string, options: MetricsOptions): Promise<number> {
  const { timeline } = openTimeline(what, options);
  await writeTo(options.output, metricsText(timeline, options.every ?? EVERY_MS));
  return EXIT.ok;
}
