import type { KubeObject } from '../../objects/kube-object.ts';
import { deltaOf, type ObjectDelta } from '../../world/object-delta.ts';
import type { ProcessState } from '../processes/process-state.ts';

/** What became of a process since it was last written down. */
export function processChange(before: unknown, after: ProcessState): ObjectDelta {
  return deltaOf(before as KubeObject, after as unknown as KubeObject) ?? {};
}
