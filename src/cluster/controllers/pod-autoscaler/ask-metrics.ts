import type { Millis } from '../../../kernel/time/millis.ts';
import { SECOND } from '../../../kernel/time/millis.ts';
import { parseRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { Doing } from '../../contract/doing.ts';
import type { PodMetrics } from '../../objects/metrics.ts';
import { milliValue } from '../../objects/quantity.ts';
import type { AutoscalerLook, Target } from './autoscaler-look.ts';
import { asClientSays } from './find-target.ts';
import type { PodMetric } from './replica-count.ts';

export type Metrics = { readonly metrics: ReadonlyMap<string, PodMetric> } | { readonly problem: string };

/**
 * What the metrics server says of the pods, or of one container of each (podautoscaler/metrics/client.go).
 */
export function* askMetrics(
  { autoscaler }: AutoscalerLook,
  { selector }: Target,
  { resource, container }: { readonly resource: string; readonly container?: string },
): Doing<Metrics> {
  const { namespace = '' } = autoscaler.metadata;
  const asked = 'pods.metrics.k8s.io';
  const answer = yield { verb: 'list', resource: asked, namespace, labelSelector: selector };
  if (!answer.ok) {
    const why = asClientSays(answer.status, asked);
    return { problem: `unable to fetch metrics from resource metrics API: ${why}` };
  }
  const items = (answer.items ?? []) as unknown as readonly PodMetrics[];
  if (items.length === 0) return { problem: 'no metrics returned from resource metrics API' };
  const metrics = new Map<string, PodMetric>();
  for (const item of items) {
    const value = usedOf(item, resource, container);
    if (value === undefined) continue;
    const measuredAt = parseRfc3339(item.timestamp) ?? 0;
    metrics.set(item.metadata.name ?? '', { value, measuredAt, windowMs: windowOf(item) });
  }
  return { metrics };
}

function usedOf({ containers }: PodMetrics, resource: string, container?: string): number | undefined {
  const meant = container === undefined ? containers : containers.filter(({ name }) => name === container);
  if (meant.length === 0) return undefined;
  let sum = 0;
  for (const { usage } of meant) {
    const used = resource === 'cpu' ? usage.cpu : resource === 'memory' ? usage.memory : undefined;
    if (used === undefined) return undefined;
    sum += milliValue(used);
  }
  return sum;
}

function windowOf({ window }: PodMetrics): Millis {
  return Number.parseFloat(window) * SECOND;
}
