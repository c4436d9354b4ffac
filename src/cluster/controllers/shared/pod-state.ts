import { type Millis, SECOND } from '../../../kernel/time/millis.ts';
import { parseRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { View } from '../../contract/component.ts';
import { findCondition, isConditionTrue } from '../../objects/conditions.ts';
import type { Pod } from '../../objects/kubernetes.ts';
import { isTerminal } from '../../objects/pod-phase.ts';

/**
 * A pod that counts as a replica: it has neither ended nor been asked to (controller_utils.go IsPodActive).
 */
export function isActive(pod: Pod): boolean {
  return !isTerminal(pod) && pod.metadata.deletionTimestamp === undefined;
}

/** A pod on its way out that has not ended yet (controller_utils.go IsPodTerminating). */
export function isTerminating(pod: Pod): boolean {
  return !isTerminal(pod) && pod.metadata.deletionTimestamp !== undefined;
}

export function isReady(pod: Pod): boolean {
  return isConditionTrue(pod.status?.conditions, 'Ready');
}

/** Since when a pod has been ready, in milliseconds since 1970; undefined when it is not. */
export function readySince(pod: Pod): number | undefined {
  const condition = findCondition(pod.status?.conditions, 'Ready');
  if (condition?.status !== 'True' || condition.lastTransitionTime === undefined) return undefined;
  return parseRfc3339(condition.lastTransitionTime);
}

/**
 * From when on a ready pod counts as available, in milliseconds since 1970. It is told in whole seconds since
 * when it is ready, so this may be up to a second less than `minReadySeconds` after it became so
 * (podutils.IsPodAvailable; recorded in a3 of 1.36).
 */
export function availableFrom(pod: Pod, minReadySeconds: number): number | undefined {
  const since = readySince(pod);
  return since === undefined ? undefined : since + minReadySeconds * SECOND;
}

export function isAvailable(pod: Pod, minReadySeconds: number, epochNow: Millis): boolean {
  if (!isReady(pod)) return false;
  return (
    minReadySeconds === 0 || (availableFrom(pod, minReadySeconds) ?? Number.POSITIVE_INFINITY) <= epochNow
  );
}

/** What a controller looks at when it judges its pods. */
interface Judging {
  readonly view: View;
  readonly now: Millis;
  readonly set: { readonly spec: { readonly minReadySeconds?: number } };
}

/** Whether a pod has been ready for as long as its set asks. */
export function isAvailableNow({ view, now, set }: Judging, pod: Pod): boolean {
  return isAvailable(pod, set.spec.minReadySeconds ?? 0, view.settings.epochMs + now);
}
