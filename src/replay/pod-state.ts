import { isConditionTrue } from '../cluster/objects/conditions.ts';
import type { Pod } from '../cluster/objects/kubernetes.ts';

/** How a pod is, as far as one glyph can tell. */
export type PodState = 'pending' | 'running' | 'ready' | 'failing' | 'ending' | 'done';

export function podState(pod: Pod): PodState {
  const { metadata, status } = pod;
  if (metadata.deletionTimestamp !== undefined) return 'ending';
  if (status?.phase === 'Succeeded') return 'done';
  const containers = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  const isFailing = containers.some(({ state: { waiting, terminated } = {} }) => {
    return /BackOff|^Err|Error$|Invalid/.test(waiting?.reason ?? '') || (terminated?.exitCode ?? 0) !== 0;
  });
  if (status?.phase === 'Failed' || isFailing) return 'failing';
  if (isReady(pod)) return 'ready';
  return status?.phase === 'Running' ? 'running' : 'pending';
}

/** Whether requests may be sent to it. */
export function isReady({ status }: Pod): boolean {
  return isConditionTrue(status?.conditions, 'Ready');
}
