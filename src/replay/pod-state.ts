import { isConditionTrue } from '../cluster/objects/conditions.ts';
import type { ContainerStatus, Pod } from '../cluster/objects/kubernetes.ts';

/** How a pod is, as far as one glyph can tell. */
export type PodState = 'pending' | 'running' | 'ready' | 'failing' | 'ending' | 'done';

export function podState(pod: Pod): PodState {
  const { metadata, status } = pod;
  const { phase = '', initContainerStatuses = [], containerStatuses = [] } = status ?? {};
  return stateOf({
    isEnding: metadata.deletionTimestamp !== undefined,
    phase,
    isFailing: initContainerStatuses.some(fails) || containerStatuses.some(fails),
    isReady: isReady(pod),
  });
}

interface ToldFrom {
  readonly isEnding: boolean;
  readonly phase: string;
  /** One of its containers does. */
  readonly isFailing: boolean;
  readonly isReady: boolean;
}

export function stateOf({ isEnding, phase, isFailing, isReady: ready }: ToldFrom): PodState {
  if (isEnding) return 'ending';
  if (phase === 'Succeeded') return 'done';
  if (phase === 'Failed' || isFailing) return 'failing';
  if (ready) return 'ready';
  return phase === 'Running' ? 'running' : 'pending';
}

/** Whether a container is where it should not be. */
export function fails({ state: { waiting, terminated } = {} }: ContainerStatus): boolean {
  const isStuck = waiting?.reason !== undefined && /BackOff|^Err|Error$|Invalid/.test(waiting.reason);
  return isStuck || (terminated?.exitCode ?? 0) !== 0;
}

/** Whether requests may be sent to it. */
export function isReady({ status }: Pod): boolean {
  return isConditionTrue(status?.conditions, 'Ready');
}
