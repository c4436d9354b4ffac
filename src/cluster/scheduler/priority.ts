import { compareText } from '../objects/json.ts';
import type { Pod } from '../objects/kubernetes.ts';

/** A pod's priority; 0 without one. */
export const priorityOf = ({ spec }: Pod): number => spec.priority ?? 0;

/** The more important pod first: by priority, then by the time that it started (scheduler: util/utils.go). */
export function byImportance(a: Pod, b: Pod): number {
  return priorityOf(b) - priorityOf(a) || compareText(startTimeOf(a), startTimeOf(b));
}

/** When a pod started, as RFC 3339 in UTC; one that has not comes after all others. */
export function startTimeOf({ status }: Pod): string {
  return status?.startTime ?? '~';
}
