import { findCondition } from '../../objects/conditions.ts';
import type { ObjectMeta, Pod, Service } from '../../objects/kubernetes.ts';
import { isReady } from './pod-state.ts';

/** By which the latency from a pod's change to its endpoint is measured. */
export const TRIGGER_TIME = 'endpoints.kubernetes.io/last-change-trigger-time';

/**
 * What was written last of the pods of a service, by their uids: whether they were ready, or undefined where
 * that is not told.
 */
export type Told = ReadonlyMap<string, boolean | undefined>;

/**
 * The earliest of the changes that were not known at the last look, as RFC 3339; undefined when none has a
 * time, as a deletion has none. Kubernetes remembers the times that it saw
 * (endpoint/trigger_time_tracker.go); here they follow from what was written: a pod that is not yet
 * told of was seen if another's change came after its own. For a new service it is the time of its creation.
 */
export function triggerTime(
  { metadata }: Service,
  pods: readonly Pod[],
  told: Told | undefined,
): string | undefined {
  if (told === undefined) return metadata.creationTimestamp;
  let seenUntil = '';
  for (const pod of pods) {
    const known = !isTurned(pod, told) && told.has(pod.metadata.uid ?? '') ? transitionOf(pod) : '';
    if (known > seenUntil) seenUntil = known;
  }
  let earliest: string | undefined;
  for (const pod of pods) {
    const time = transitionOf(pod);
    if (time === '' || (earliest !== undefined && time >= earliest)) continue;
    if (isTurned(pod, told) || (isNew(pod, told) && time > seenUntil)) earliest = time;
  }
  return earliest;
}

function isTurned(pod: Pod, told: Told): boolean {
  const was = told.get(pod.metadata.uid ?? '');
  return was !== undefined && was !== isReady(pod);
}

function isNew({ metadata }: Pod, told: Told): boolean {
  return !told.has(metadata.uid ?? '') && metadata.deletionTimestamp === undefined;
}

/** Annotations that tell a time of change, or none where there is none to tell. */
export function withTriggerTime(
  annotations: ObjectMeta['annotations'],
  time: string | undefined,
): Pick<ObjectMeta, 'annotations'> {
  const { [TRIGGER_TIME]: _, ...others } = annotations ?? {};
  const all = time === undefined ? others : { ...others, [TRIGGER_TIME]: time };
  return Object.keys(all).length > 0 ? { annotations: all } : {};
}

function transitionOf({ status }: Pod): string {
  return findCondition(status?.conditions, 'Ready')?.lastTransitionTime ?? '';
}
