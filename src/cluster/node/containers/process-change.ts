import type { KubeObject } from '../../objects/kube-object.ts';
import { deltaOf, type ObjectDelta } from '../../world/object-delta.ts';
import type { ProcessState } from '../processes/process-state.ts';

/** What became of a process since it was last written down. */
export function processChange(before: unknown, after: ProcessState): ObjectDelta {
  return deltaOf(before as KubeObject, after as unknown as KubeObject) ?? {};
}

/** Whether a change is more than how many steps were taken, which only counts at the very same instant. */
export function isMoreThanSteps({ set = {}, unset = [] }: ObjectDelta): boolean {
  for (const path in set) if (!path.startsWith('/steps')) return true;
  return unset.some((path) => !path.startsWith('/steps'));
}
