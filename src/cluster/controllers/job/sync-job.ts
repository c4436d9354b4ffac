import { type Millis, SECOND } from '../../../kernel/time/millis.ts';
import { formatRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { Reaction, View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import { findCondition } from '../../objects/conditions.ts';
import type { Job, JobCondition, JobStatus, Pod } from '../../objects/kubernetes.ts';
import { selects } from '../../objects/label-selector.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import { record } from '../../recorder/record.ts';
import { claimPods } from '../shared/claim-pods.ts';
import { putOff } from '../shared/put-off.ts';
import { ACTOR } from './back-off.ts';
import { type JobLook, lookAtJob } from './job-look.ts';
import { endOf, isSuspended, TRACKING } from './job-pods.ts';
import { type Ending, endingOf, jobCondition, succeeding } from './judge-job.ts';
import { deleteActive, type Managed, managePods } from './manage-pods.ts';
import { trackStatus } from './track-status.ts';

/** JobReadyPods: beta in 1.24 (kubernetes: kube_features.go). */
const COUNTS_READY: Since<boolean> = [
  [0, false],
  [24, true],
];

/** Changes are looked at together, not more often than this (job_controller.go SyncJobBatchPeriod). */
export const BATCH_MS = SECOND;

/** One look at a Job (job_controller.go syncJob). */
export function* syncJob(view: View, key: string, now: Millis): Reaction {
  const job = view.objects.byKey<Job>(key);
  if (job === undefined || endOf(job) !== undefined || isOthers(job)) return;
  const pods = yield* podsOf(view, job);
  if (pods === undefined) return;
  const look = lookAtJob(view, job, pods, now);
  const ending = endingOf(look);
  const isLeaving = job.metadata.deletionTimestamp !== undefined;
  const nothing: Managed = { active: look.active.length, deleted: 0, deletedReady: 0 };
  const managed = ending ? yield* deleteActive(look) : isLeaving ? nothing : yield* managePods(look);
  if (managed.tryAt !== undefined) {
    const { epochMs } = view.settings;
    yield* putOff(view, { actor: ACTOR, key, now, until: Math.max(managed.tryAt - epochMs, now + BATCH_MS) });
  }
  // It can't be said to end while pods could not be removed.
  const failing = managed.problem === undefined ? ending : undefined;
  const atLast = failing ?? (ending ? undefined : successOf(look, managed));
  const terminating = (look.terminating ?? 0) + managed.deleted;
  const started = withStart(look);
  const status = statusOf(look, started, managed);
  const resumed = atLast || isLeaving || ending ? status : yield* withSuspension(look, status);
  yield* trackStatus({ look, status: resumed, ending: atLast, terminating });
}

/** Somebody else's Job (batch/v1: managedBy, on since 1.32). */
export function isOthers({ spec }: Job): boolean {
  return spec.managedBy !== undefined && spec.managedBy !== 'kubernetes.io/job-controller';
}

function* podsOf(view: View, job: Job): Doing<readonly Pod[] | undefined> {
  return yield* claimPods(view, {
    owner: job,
    ownerResource: 'jobs.batch',
    matches: ({ metadata }) => selects(job.spec.selector, metadata.labels),
    finalizers: [TRACKING],
  });
}

function withStart({ job, view, now }: JobLook): JobStatus {
  const status = job.status ?? {};
  if (status.startTime !== undefined || isSuspended(job)) return status;
  return { ...status, startTime: formatRfc3339(view.settings.epochMs + now) };
}

/** Zero is not written where Go leaves it out: only `active` is such a count. */
function statusOf(look: JobLook, before: JobStatus, { active, deleted, deletedReady }: Managed): JobStatus {
  const { active: _, ready: __, terminating: ___, ...rest } = before;
  return {
    ...rest,
    ...(active > 0 && { active }),
    ...(inVersion(COUNTS_READY, look.view.settings.version) && { ready: look.ready - deletedReady }),
    ...(look.terminating !== undefined && { terminating: look.terminating + deleted }),
  };
}

/** All completions are there, and nothing runs any more. */
function successOf({ job, succeeded, view }: JobLook, { active }: Managed): Ending | undefined {
  if (active > 0) return undefined;
  const isComplete = succeeded > 0 ? succeeded >= (job.spec.completions ?? 1) : job.spec.completions === 0;
  return isComplete ? succeeding(view.settings.version) : undefined;
}

/** A Job that was held back says so, and again when it goes on: its time counts from then. */
function* withSuspension(look: JobLook, status: JobStatus): Doing<JobStatus> {
  const { job, view, now } = look;
  const conditions = status.conditions ?? [];
  const before = findCondition(conditions, 'Suspended');
  const wanted = isSuspended(job) ? 'True' : 'False';
  if ((before?.status ?? 'False') === wanted) return status;
  const done = isSuspended(job) ? 'Suspended' : 'Resumed';
  const text = { reason: `Job${done}`, message: `Job ${done.toLowerCase()}` };
  const epochNow = view.settings.epochMs + now;
  const told: JobCondition = {
    ...jobCondition({ type: 'Complete', ...text }, wanted, epochNow),
    type: 'Suspended',
  };
  const about = { component: ACTOR, object: job };
  yield* record(view, { ...about, type: 'Normal', reason: done, message: text.message }, now);
  return {
    ...status,
    conditions: before
      ? conditions.map((each) => (each.type === 'Suspended' ? told : each))
      : [...conditions, told],
    ...(done === 'Resumed' && { startTime: formatRfc3339(epochNow) }),
  };
}
