import { isConditionTrue } from '../cluster/objects/conditions.ts';
import type { ContainerStatus, Pod } from '../cluster/objects/kubernetes.ts';

/** How a pod is, as far as one glyph can tell. */
export type PodState = 'pending' | 'running' | 'ready' | 'failing' | 'ending' | 'done';

export function podState(pod: Pod): PodState {
  const { metadata, status } = pod;
  if (metadata.deletionTimestamp !== undefined) return 'ending';
  if (status?.phase === 'Succeeded') return 'done';
  const { initContainerStatuses = [], containerStatuses = [] } = status ?? {};
  const isFailing = initContainerStatuses.some(fails) || containerStatuses.some(fails);
  if (status?.phase === 'Failed' || isFailing) return 'failing';
  if (isReady(pod)) return 'ready';
  return status?.phase === 'Running' ? 'running' : 'pending';
}

function fails({ state: { waiting, terminated } = {} }: ContainerStatus): boolean {
  const isStuck = waiting?.reason !== undefined && /BackOff|^Err|Error$|Invalid/.test(waiting.reason);
  return isStuck || (terminated?.exitCode ?? 0) !== 0;
}

/** Whether requests may be sent to it. */
export function isReady({ status }: Pod): boolean {
  return isConditionTrue(status?.conditions, 'Ready');
}
