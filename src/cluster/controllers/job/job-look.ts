import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import type { Job, Pod } from '../../objects/kubernetes.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import { isActive, isReady, isTerminating } from '../shared/pod-state.ts';
import { type BackOff, backOffAfter } from './back-off.ts';
import { type Indexes, parseIndexes, unionOf } from './indexes.ts';
import { finishedAt, hasFailed, hasLimitPerIndex, indexOf, isIndexed, isTracked } from './job-pods.ts';
import { judgeFailure } from './pod-failure-policy.ts';

/** JobPodReplacementPolicy: alpha in 1.28, on since 1.29 (kubernetes: kube_features.go). */
const COUNTS_TERMINATING: Since<boolean> = [
  [0, false],
  [29, true],
];

/** What one look at a Job finds, before it does anything. */
export interface JobLook {
  readonly view: View;
  readonly now: Millis;
  readonly job: Job;
  readonly pods: readonly Pod[];
  readonly active: readonly Pod[];
  /** Undefined where they are not counted. */
  readonly terminating: number | undefined;
  readonly ready: number;
  /** Counted so far, being counted, and new ones. */
  readonly succeeded: number;
  readonly failed: number;
  readonly backOff: BackOff;
  readonly indexes: IndexLook;
}

/** Of an indexed Job; empty for others. */
export interface IndexLook {
  readonly succeededBefore: Indexes;
  readonly succeeded: Indexes;
  /** Undefined without a limit per index. */
  readonly failed: Indexes | undefined;
  /** Failed pods that are kept, to tell how often, until their index has another. */
  readonly awaiting: ReadonlyMap<number, Pod>;
}

export const FAILURES = 'batch.kubernetes.io/job-index-failure-count';
export const IGNORED = 'batch.kubernetes.io/job-index-ignored-failure-count';

export function lookAtJob(view: View, job: Job, pods: readonly Pod[], now: Millis): JobLook {
  const { status } = job;
  const active = pods.filter(isActive);
  const uncounted = status?.uncountedTerminatedPods ?? {};
  const news = pods.filter((pod) => isTracked(pod) && (!isIndexed(job) || indexOf(pod, job) !== undefined));
  const isIn = (uids: readonly string[] | undefined, { metadata }: Pod) =>
    uids?.includes(metadata.uid ?? '') ?? false;
  const newlySucceeded = news.filter(
    (pod) => pod.status?.phase === 'Succeeded' && !isIn(uncounted.succeeded, pod),
  );
  const newlyFailed = news.filter((pod) => hasFailed(pod, job) && !isIn(uncounted.failed, pod));
  const counted = newlyFailed.filter((pod) => judgeFailure(job, pod).counts).length;
  const indexes = lookAtIndexes(job, pods, active);
  const counts = inVersion(COUNTS_TERMINATING, view.settings.version) || job.spec.podFailurePolicy;
  return {
    view,
    now,
    job,
    pods,
    active,
    terminating: counts ? pods.filter(isTerminating).length : undefined,
    ready: active.filter(isReady).length,
    succeeded: isIndexed(job)
      ? indexes.succeeded.length
      : (status?.succeeded ?? 0) + newlySucceeded.length + (uncounted.succeeded?.length ?? 0),
    failed: (status?.failed ?? 0) + counted + (uncounted.failed?.length ?? 0),
    backOff: backOffAfter(view, job, { succeeded: newlySucceeded, failed: newlyFailed }),
    indexes,
  };
}

function lookAtIndexes(job: Job, pods: readonly Pod[], active: readonly Pod[]): IndexLook {
  if (!isIndexed(job)) return { succeededBefore: [], succeeded: [], failed: undefined, awaiting: new Map() };
  const completions = job.spec.completions ?? 0;
  const tracked = pods.filter(isTracked);
  const succeededBefore = parseIndexes(job.status?.completedIndexes, completions);
  const succeeded = unionOf(
    succeededBefore,
    indexesOf(
      tracked.filter(({ status }) => status?.phase === 'Succeeded'),
      job,
    ),
  );
  if (!hasLimitPerIndex(job)) return { succeededBefore, succeeded, failed: undefined, awaiting: new Map() };
  const failed = unionOf(
    parseIndexes(job.status?.failedIndexes, completions),
    indexesOf(
      tracked.filter((pod) => hasIndexFailed(pod, job)),
      job,
    ),
  );
  const settled = new Set([...succeeded, ...failed, ...indexesOf(active, job)]);
  return { succeededBefore, succeeded, failed, awaiting: podsAwaiting(tracked, job, settled) };
}

export function indexesOf(pods: readonly Pod[], job: Job): Indexes {
  return unionOf(pods.flatMap((pod) => indexOf(pod, job) ?? []));
}

function hasIndexFailed(pod: Pod, job: Job): boolean {
  if (!hasFailed(pod, job)) return false;
  const { counts, failsIndex } = judgeFailure(job, pod);
  return failsIndex || (counts && countOf(pod, FAILURES) >= (job.spec.backoffLimitPerIndex ?? 0));
}

/** How often an index has failed before this pod of it. */
export function countOf({ metadata }: Pod, annotation: string): number {
  const text = metadata.annotations?.[annotation] ?? '';
  return /^\d+$/.test(text) ? Number(text) : 0;
}

/** Of each index the pod that failed last (indexed_job_utils.go getPodsWithDelayedDeletionPerIndex). */
function podsAwaiting(
  tracked: readonly Pod[],
  job: Job,
  settled: ReadonlySet<number>,
): ReadonlyMap<number, Pod> {
  const awaiting = new Map<number, Pod>();
  for (const pod of tracked) {
    const index = hasFailed(pod, job) ? indexOf(pod, job) : undefined;
    if (index === undefined || settled.has(index)) continue;
    const known = awaiting.get(index);
    if (!known || (failuresOf(known) <= failuresOf(pod) && finishedAt(pod) >= finishedAt(known)))
      awaiting.set(index, pod);
  }
  return awaiting;
}

export function failuresOf(pod: Pod): number {
  return countOf(pod, FAILURES) + countOf(pod, IGNORED);
}
