import { MINUTE, type Millis, SECOND } from '../../../kernel/time/millis.ts';
import { parseRfc3339 } from '../../../kernel/time/rfc3339.ts';
import { findCondition } from '../../objects/conditions.ts';
import type { Pod } from '../../objects/kubernetes.ts';
import type { PodMetric, Sorted } from './replica-count.ts';

/** --horizontal-pod-autoscaler-cpu-initialization-period */
const CPU_INITIALIZATION_MS: Millis = 5 * MINUTE;
/** --horizontal-pod-autoscaler-initial-readiness-delay */
const INITIAL_READINESS_MS: Millis = 30 * SECOND;

/**
 * Which pods count: not those that go or have failed, nor those that wait; of processors not those that have
 * just begun either, for beginning takes some (podautoscaler/replica_calculator.go groupPods).
 */
export function sortPods(
  pods: readonly Pod[],
  metrics: ReadonlyMap<string, PodMetric>,
  { resource, epochNow }: { readonly resource: string; readonly epochNow: number },
): Sorted {
  const counted = new Map([...metrics].map(([pod, { value }]) => [pod, value]));
  const unready: string[] = [];
  const missing: string[] = [];
  let readyCount = 0;
  for (const pod of pods) {
    const { name = '', deletionTimestamp } = pod.metadata;
    const phase = pod.status?.phase;
    const metric = metrics.get(name);
    if (deletionTimestamp !== undefined || phase === 'Failed') counted.delete(name);
    else if (phase === 'Pending') unready.push(name);
    else if (!metric) missing.push(name);
    else if (resource === 'cpu' && isUnready(pod, metric, epochNow)) unready.push(name);
    else readyCount += 1;
  }
  for (const pod of unready) counted.delete(pod);
  return { counted, unready, missing, readyCount };
}

function isUnready({ status }: Pod, { measuredAt, windowMs }: PodMetric, epochNow: number): boolean {
  const ready = findCondition(status?.conditions, 'Ready');
  const startedAt = parseRfc3339(status?.startTime ?? '');
  if (!ready || startedAt === undefined) return true;
  const turnedAt = parseRfc3339(ready.lastTransitionTime ?? '') ?? 0;
  if (startedAt + CPU_INITIALIZATION_MS > epochNow)
    return ready.status === 'False' || measuredAt < turnedAt + windowMs;
  return ready.status === 'False' && startedAt + INITIAL_READINESS_MS > turnedAt;
}
