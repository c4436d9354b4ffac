import type { Pod } from '../objects/kubernetes.ts';
import { isTerminal } from '../objects/pod-phase.ts';

export const SCHEDULER_NAME = 'default-scheduler';

/** Whether a pod is the scheduler's business. */
export function isWaiting(pod: Pod): boolean {
  return (
    !pod.spec.nodeName &&
    !isTerminal(pod) &&
    !pod.spec.schedulingGates?.length &&
    (pod.spec.schedulerName ?? SCHEDULER_NAME) === SCHEDULER_NAME
  );
}
