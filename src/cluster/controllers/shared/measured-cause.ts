import type { View } from '../../contract/component.ts';
import type { KubeObject } from '../../objects/kube-object.ts';

/** An autoscaler, its key, and what it scales: pods bear their owner's name. */
export interface Measuring {
  readonly key: string;
  readonly autoscaler: KubeObject;
  readonly target: string;
}

/** The entry that last measured one of the pods that are scaled; else the one that wrote the autoscaler. */
export function measuredCause(
  { rows, objects }: View,
  { key, autoscaler, target }: Measuring,
): number | null {
  const start = `${autoscaler.metadata.namespace}/${target}-`;
  const measured = rows
    .rowsBy('usages', 'all', '')
    .flatMap(({ pod }) => (pod.startsWith(start) ? (rows.changedAt('usages', pod) ?? []) : []));
  return measured.length > 0 ? Math.max(...measured) : (objects.changedAt(key) ?? null);
}
