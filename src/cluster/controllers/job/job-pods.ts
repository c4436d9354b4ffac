import { SECOND } from '../../../kernel/time/millis.ts';
import { parseRfc3339 } from '../../../kernel/time/rfc3339.ts';
import { findCondition } from '../../objects/conditions.ts';
import type { ContainerStatus, Job, Pod } from '../../objects/kubernetes.ts';
import { isSidecar } from '../../objects/pod-resources.ts';

/** Keeps a pod from going before its Job has counted it (batch/v1: JobTrackingFinalizer). */
export const TRACKING = 'batch.kubernetes.io/job-tracking';

const INDEX = 'batch.kubernetes.io/job-completion-index';

export function isTracked(pod: Pod): boolean {
  return pod.metadata.finalizers?.includes(TRACKING) ?? false;
}

export function isIndexed(job: Job): boolean {
  return job.spec.completionMode === 'Indexed';
}

export function isSuspended(job: Job): boolean {
  return job.spec.suspend === true;
}

export function hasLimitPerIndex(job: Job): boolean {
  return job.spec.backoffLimitPerIndex !== undefined;
}

/** The condition that a Job ended with. */
export function endOf(job: Job): 'Complete' | 'Failed' | undefined {
  const end = job.status?.conditions?.find(
    ({ type, status }) => (type === 'Complete' || type === 'Failed') && status === 'True',
  );
  return end?.type as 'Complete' | 'Failed' | undefined;
}

/** Whether a pod is only replaced once it has ended, and not when it is asked to. */
export function waitsForEnd({ spec }: Job): boolean {
  return spec.podReplacementPolicy === 'Failed' || spec.podFailurePolicy !== undefined;
}

/** A pod that was taken away counts as one that failed (job_controller.go isPodFailed). */
export function hasFailed(pod: Pod, job: Job): boolean {
  const phase = pod.status?.phase;
  if (phase === 'Failed') return true;
  return !waitsForEnd(job) && pod.metadata.deletionTimestamp !== undefined && phase !== 'Succeeded';
}

/** Which of the Job's completions a pod is for; undefined when it is for none. */
export function indexOf(pod: Pod, job: Job): number | undefined {
  const text = pod.metadata.annotations?.[INDEX];
  if (text === undefined || !/^\d+$/.test(text)) return undefined;
  const index = Number(text);
  return index < (job.spec.completions ?? 0) ? index : undefined;
}

/**
 * When a pod ended, in milliseconds since 1970: by its containers, else since when it is not ready, else when
 * it was asked to go (backoff_utils.go getFinishedTime).
 */
export function finishedAt(pod: Pod): number {
  return (
    endOfContainers(pod) ??
    notReadySince(pod) ??
    askedToGoAt(pod) ??
    timeOf(pod.metadata.creationTimestamp) ??
    0
  );
}

function endOfContainers({ spec, status }: Pod): number | undefined {
  const sidecars = (spec.initContainers ?? []).filter(isSidecar).map(({ name }) => name);
  const statuses = [
    ...(status?.containerStatuses ?? []),
    ...(status?.initContainerStatuses ?? []).filter(({ name }) => sidecars.includes(name)),
  ];
  const ends = statuses.map(({ state }: ContainerStatus) => timeOf(state?.terminated?.finishedAt));
  let last: number | undefined;
  for (const end of ends) {
    if (end === undefined) return undefined;
    last = Math.max(last ?? end, end);
  }
  return last;
}

function notReadySince({ status }: Pod): number | undefined {
  const ready = findCondition(status?.conditions, 'Ready');
  return ready?.status === 'False' ? timeOf(ready.lastTransitionTime) : undefined;
}

function askedToGoAt({ metadata }: Pod): number | undefined {
  const goneBy = timeOf(metadata.deletionTimestamp);
  return goneBy === undefined ? undefined : goneBy - (metadata.deletionGracePeriodSeconds ?? 0) * SECOND;
}

function timeOf(text: string | null | undefined): number | undefined {
  return text ? parseRfc3339(text) : undefined;
}
