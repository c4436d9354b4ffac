import { formatRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { Doing } from '../../contract/doing.ts';
import { isEqualJson } from '../../objects/json.ts';
import type { Job, JobCondition, JobStatus, Pod } from '../../objects/kubernetes.ts';
import { record } from '../../recorder/record.ts';
import { ACTOR, backOffOf } from './back-off.ts';
import { formatIndexes, unionOf } from './indexes.ts';
import type { JobLook } from './job-look.ts';
import { hasFailed, indexOf, isIndexed, isTracked } from './job-pods.ts';
import { type Ending, isSayingSuccess, jobCondition } from './judge-job.ts';
import { untrack } from './manage-pods.ts';
import { judgeFailure } from './pod-failure-policy.ts';

/** So many pods are counted at a time (job_controller.go MaxUncountedPods). */
const MOST_UNCOUNTED = 500;

export interface Tracking {
  readonly look: JobLook;
  /** As it should be, apart from the counts of pods that ended. */
  readonly status: JobStatus;
  readonly ending: Ending | undefined;
  /** Pods that were on their way out, and those just deleted. */
  readonly terminating: number;
}

/**
 * Counts pods that ended, exactly once each: their uids go into the status, then they are let go, then the
 * counts go up (job_controller.go trackJobStatusAndRemoveFinalizers).
 */
export function* trackStatus(tracking: Tracking): Doing<void> {
  const { look } = tracking;
  const epochNow = look.view.settings.epochMs + look.now;
  const counting = countEnded(tracking);
  const conditions = withTarget(tracking, epochNow);
  const noted = { ...counting.status, ...(conditions.length > 0 && { conditions: [...conditions] }) };
  const flushed = yield* write(look.job, noted);
  if (flushed === undefined) return;
  yield* noteBackOff(look);
  const still = new Set(counting.stillTracked);
  let isRefused = false;
  for (const pod of counting.toRelease) {
    if ((yield* untrack(pod)) === undefined) still.delete(pod.metadata.uid ?? '');
    else isRefused = true;
  }
  const counted = withoutReleased(noted, still);
  const end = isRefused || counting.isMore ? undefined : endReached(tracking, counted);
  const final = end ? ended(counted, end, epochNow) : counted;
  const told = yield* write(flushed, final);
  if (told && end) yield* tellEnd(look, end, final);
}

interface Counting {
  readonly status: JobStatus;
  readonly toRelease: readonly Pod[];
  readonly stillTracked: readonly string[];
  /** There are more than can be counted at a time. */
  readonly isMore: boolean;
}

function countEnded(tracking: Tracking): Counting {
  const { job, pods } = tracking.look;
  const tracked = pods.filter(isTracked);
  const stillTracked = tracked.map(({ metadata }) => metadata.uid ?? '');
  const status = withoutReleased(tracking.status, new Set(stillTracked));
  const { succeeded = [], failed = [] } = status.uncountedTerminatedPods ?? {};
  const newly: Newly = { succeeded: [...succeeded], failed: [...failed], indexes: [] };
  const toRelease: Pod[] = [];
  let isMore = false;
  for (const pod of tracked.filter((each) => mayGo(tracking, each))) {
    toRelease.push(pod);
    count(tracking, pod, newly);
    isMore = newly.indexes.length + newly.succeeded.length + newly.failed.length >= MOST_UNCOUNTED;
    if (isMore) break;
  }
  const counted = { ...status, uncountedTerminatedPods: uncounted(newly) };
  return {
    status: isIndexed(job) ? withIndexes(counted, tracking.look, newly.indexes) : counted,
    toRelease,
    stillTracked,
    isMore,
  };
}

interface Newly {
  readonly succeeded: string[];
  readonly failed: string[];
  readonly indexes: number[];
}

/** An index is counted once, whatever pods it has had; without one, a pod is counted by its uid. */
function count({ look, ending }: Tracking, pod: Pod, newly: Newly): void {
  const { job, indexes } = look;
  const uid = pod.metadata.uid ?? '';
  const index = indexOf(pod, job);
  if (newly.failed.includes(uid)) return;
  if (pod.status?.phase === 'Succeeded') {
    if (index !== undefined && !indexes.succeededBefore.includes(index)) newly.indexes.push(index);
    if (!isIndexed(job) && !newly.succeeded.includes(uid)) newly.succeeded.push(uid);
    return;
  }
  // What has not ended when the Job fails has failed with it.
  const isFailing = ending?.type === 'FailureTarget' || ending?.type === 'Failed';
  const hasPlace = !isIndexed(job) || index !== undefined;
  if ((hasFailed(pod, job) || isFailing) && hasPlace && judgeFailure(job, pod).counts) newly.failed.push(uid);
}

function withIndexes(status: JobStatus, { indexes }: JobLook, newIndexes: readonly number[]): JobStatus {
  const succeeded = unionOf(indexes.succeeded, newIndexes);
  const { succeeded: _, completedIndexes: __, ...rest } = status;
  return {
    ...rest,
    ...(succeeded.length > 0 && {
      succeeded: succeeded.length,
      completedIndexes: formatIndexes(succeeded),
    }),
    ...(indexes.failed && { failedIndexes: formatIndexes(indexes.failed) }),
  };
}

/** Whether a pod has been waited for long enough (job_controller.go canRemoveFinalizer). */
function mayGo({ look: { job, indexes }, ending }: Tracking, pod: Pod): boolean {
  if (job.metadata.deletionTimestamp !== undefined || ending || pod.status?.phase === 'Succeeded')
    return true;
  if (!hasFailed(pod, job)) return false;
  const index = indexOf(pod, job);
  return index === undefined || indexes.awaiting.get(index)?.metadata.uid !== pod.metadata.uid;
}

/** The uids of pods that nothing keeps any more become counts. */
function withoutReleased(status: JobStatus, tracked: ReadonlySet<string>): JobStatus {
  const { succeeded = [], failed = [] } = status.uncountedTerminatedPods ?? {};
  const left = {
    succeeded: succeeded.filter((uid) => tracked.has(uid)),
    failed: failed.filter((uid) => tracked.has(uid)),
  };
  const succeededNow = (status.succeeded ?? 0) + succeeded.length - left.succeeded.length;
  const failedNow = (status.failed ?? 0) + failed.length - left.failed.length;
  return {
    ...status,
    ...(succeededNow > 0 && { succeeded: succeededNow }),
    ...(failedNow > 0 && { failed: failedNow }),
    uncountedTerminatedPods: uncounted(left),
  };
}

function uncounted(uids: { readonly succeeded: readonly string[]; readonly failed: readonly string[] }) {
  return {
    ...(uids.succeeded.length > 0 && { succeeded: [...uids.succeeded] }),
    ...(uids.failed.length > 0 && { failed: [...uids.failed] }),
  };
}

/** A Job says how it will end before its last pods are let go. */
function withTarget({ look: { job }, status, ending }: Tracking, epochNow: number): readonly JobCondition[] {
  const conditions = status.conditions ?? [];
  if (ending?.type === 'SuccessCriteriaMet' && isSayingSuccess(job)) return conditions;
  if (ending?.type !== 'FailureTarget' && ending?.type !== 'SuccessCriteriaMet') return conditions;
  return [...conditions, jobCondition(ending, 'True', epochNow)];
}

const LAST_TYPE = {
  FailureTarget: 'Failed',
  SuccessCriteriaMet: 'Complete',
  Failed: 'Failed',
  Complete: 'Complete',
} as const;

function endReached({ look, ending, terminating }: Tracking, status: JobStatus): Ending | undefined {
  if (ending === undefined) return undefined;
  const { succeeded = [], failed = [] } = status.uncountedTerminatedPods ?? {};
  if (succeeded.length + failed.length > 0) return undefined;
  // Since a Job says that it will end, it has ended only when its pods have.
  if (look.terminating !== undefined && terminating > 0) return undefined;
  return { ...ending, type: LAST_TYPE[ending.type] };
}

function ended(status: JobStatus, end: Ending, epochNow: number): JobStatus {
  return {
    ...status,
    conditions: [...(status.conditions ?? []), jobCondition(end, 'True', epochNow)],
    ...(end.type === 'Complete' && { completionTime: formatRfc3339(epochNow) }),
  };
}

/** Returns the Job as it is then; undefined if it was refused. */
function* write(job: Job, status: JobStatus): Doing<Job | undefined> {
  if (isEqualJson(job.status ?? {}, status)) return job;
  const { namespace = '', name = '' } = job.metadata;
  const object: Job = { ...job, status };
  const target = { resource: 'jobs.batch', namespace, name, subresource: 'status' } as const;
  const answer = yield { verb: 'update', ...target, object };
  return answer.ok ? (answer.object as Job) : undefined;
}

function* noteBackOff({ view, job, backOff }: JobLook): Doing<void> {
  if (isEqualJson(backOff, backOffOf(view, job))) return;
  yield { type: 'FailuresCounted', actor: ACTOR, about: job.metadata.uid ?? '', ...backOff };
}

function* tellEnd(look: JobLook, end: Ending, status: JobStatus): Doing<void> {
  const { view, now, job } = look;
  const about = { component: ACTOR, object: job };
  if (end.type === 'Failed') {
    const { reason = '', message = '' } = end;
    yield* record(view, { ...about, type: 'Warning', reason, message }, now);
    return;
  }
  if ((status.succeeded ?? 0) > (job.spec.completions ?? Number.POSITIVE_INFINITY)) {
    const message = 'Too many succeeded pods running after completion count reached';
    yield* record(view, { ...about, type: 'Warning', reason: 'TooManySucceededPods', message }, now);
  }
  yield* record(view, { ...about, type: 'Normal', reason: 'Completed', message: 'Job completed' }, now);
}
