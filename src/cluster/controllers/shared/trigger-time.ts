import { findCondition } from '../../objects/conditions.ts';
import { derived } from '../../objects/derived.ts';
import { derivedOfEach } from '../../objects/derived-list.ts';
import { extended } from '../../objects/json.ts';
import type { ObjectMeta, Pod, Service } from '../../objects/kubernetes.ts';

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
  service: Service,
  pods: readonly Pod[],
  told: Told | undefined,
): string | undefined {
  if (told === undefined) return service.metadata.creationTimestamp;
  let seenUntil = '';
  const readiness = readinessFor(service)(pods);
  for (const pod of readiness) {
    if (pod.since > seenUntil && told.has(pod.uid) && !isTurned(pod, told)) seenUntil = pod.since;
  }
  let earliest: string | undefined;
  for (const pod of readiness) {
    const { since } = pod;
    if (since === '' || (earliest !== undefined && since >= earliest)) continue;
    if (isTurned(pod, told) || (since > seenUntil && !pod.isGoing && !told.has(pod.uid))) earliest = since;
  }
  return earliest;
}

interface Readiness {
  readonly uid: string;
  readonly isReady: boolean;
  /** When that became so, as RFC 3339; empty when it is not told. */
  readonly since: string;
  readonly isGoing: boolean;
}

const readinessFor = derived((_: Service) =>
  derivedOfEach(({ metadata, status }: Pod): Readiness => {
    const condition = findCondition(status?.conditions, 'Ready');
    return {
      uid: metadata.uid ?? '',
      isReady: condition?.status === 'True',
      since: condition?.lastTransitionTime ?? '',
      isGoing: metadata.deletionTimestamp !== undefined,
    };
  }),
);

function isTurned({ uid, isReady }: Readiness, told: Told): boolean {
  const was = told.get(uid);
  return was !== undefined && was !== isReady;
}

/** Annotations that tell a time of change, or none where there is none to tell. */
export function withTriggerTime(
  annotations: ObjectMeta['annotations'],
  time: string | undefined,
): Pick<ObjectMeta, 'annotations'> {
  const { [TRIGGER_TIME]: _, ...others } = annotations ?? {};
  const all = time === undefined ? others : extended(others, { [TRIGGER_TIME]: time });
  return Object.keys(all).length > 0 ? { annotations: all } : {};
}
