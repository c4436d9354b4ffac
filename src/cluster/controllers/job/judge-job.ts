import { SECOND } from '../../../kernel/time/millis.ts';
import { formatRfc3339, parseRfc3339 } from '../../../kernel/time/rfc3339.ts';
import { findCondition, isConditionTrue } from '../../objects/conditions.ts';
import type { Job, JobCondition, Pod } from '../../objects/kubernetes.ts';
import { inVersion, type KubeVersion, type Since } from '../../objects/versions.ts';
import type { JobLook } from './job-look.ts';
import { hasFailed, isSuspended } from './job-pods.ts';
import { judgeFailure } from './pod-failure-policy.ts';
import { metSuccessRule } from './success-policy.ts';

/** A Job first says that it will end, and that it has ended when its pods have (since 1.31, KEP-3939). */
const SAYS_TARGET: Since<boolean> = [
  [0, false],
  [31, true],
];

/** JobSuccessPolicy, on since 1.31, brought a reason to completion. */
const REASON_OF_SUCCESS: Since<Pick<JobCondition, 'reason' | 'message'>> = [
  [0, {}],
  [31, { reason: 'CompletionsReached', message: 'Reached expected number of succeeded pods' }],
];

export type EndType = 'FailureTarget' | 'SuccessCriteriaMet' | 'Failed' | 'Complete';

/** How a Job is going to end, and whether it has said so already. */
export interface Ending {
  readonly type: EndType;
  readonly reason?: string;
  readonly message?: string;
}

/** Why a Job must end now, apart from having all its completions (job_controller.go syncJob). */
export function endingOf(look: JobLook): Ending | undefined {
  const { job, pods, failed } = look;
  const conditions = job.status?.conditions;
  const met = findCondition(conditions, 'SuccessCriteriaMet');
  if (met?.status === 'True') return endingFrom('SuccessCriteriaMet', met);
  const target = findCondition(conditions, 'FailureTarget');
  if (target?.status === 'True') return endingFrom('Failed', target);
  const policy = pods
    .filter((pod) => job.spec.podFailurePolicy && hasFailed(pod, job))
    .map((pod) => judgeFailure(job, pod).failsJob)
    .find((message) => message !== undefined);
  if (policy !== undefined) return { type: 'FailureTarget', reason: 'PodFailurePolicy', message: policy };
  if (failed > (job.spec.backoffLimit ?? 6) || restartsExceed(job, pods))
    return failing(look, 'BackoffLimitExceeded', 'Job has reached the specified backoff limit');
  const deadline = deadlineOf(job);
  if (deadline !== undefined && deadline <= look.view.settings.epochMs + look.now)
    return failing(look, 'DeadlineExceeded', 'Job was active longer than specified deadline');
  return endingByIndexes(look);
}

function endingByIndexes(look: JobLook): Ending | undefined {
  const { job, indexes } = look;
  const { maxFailedIndexes, completions = 0 } = job.spec;
  const { failed, succeeded } = indexes;
  if (failed && maxFailedIndexes !== undefined && failed.length > maxFailedIndexes) {
    const message = 'Job has exceeded the specified maximal number of failed indexes';
    return failing(look, 'MaxFailedIndexesExceeded', message);
  }
  if (failed && failed.length > 0 && failed.length + succeeded.length >= completions)
    return failing(look, 'FailedIndexes', 'Job has failed indexes');
  const message = metSuccessRule(job, succeeded);
  return message === undefined ? undefined : { type: 'SuccessCriteriaMet', reason: 'SuccessPolicy', message };
}

function endingFrom(type: EndType, { reason, message }: JobCondition): Ending {
  return { type, ...(reason !== undefined && { reason }), ...(message !== undefined && { message }) };
}

function failing({ view }: JobLook, reason: string, message: string): Ending {
  const says = inVersion(SAYS_TARGET, view.settings.version);
  return { type: says ? 'FailureTarget' : 'Failed', reason, message };
}

export function succeeding(version: KubeVersion): Ending {
  const type = inVersion(SAYS_TARGET, version) ? 'SuccessCriteriaMet' : 'Complete';
  return { type, ...inVersion(REASON_OF_SUCCESS, version) };
}

/** When it will have been active for too long, in milliseconds since 1970. */
export function deadlineOf(job: Job): number | undefined {
  const { activeDeadlineSeconds } = job.spec;
  const started = parseRfc3339(job.status?.startTime ?? '');
  if (activeDeadlineSeconds === undefined || started === undefined || isSuspended(job)) return undefined;
  return started + activeDeadlineSeconds * SECOND;
}

/** Pods that restart in place never fail: their restarts are counted instead. */
export function restartsExceed({ spec }: Job, pods: readonly Pod[]): boolean {
  if (spec.template.spec?.restartPolicy !== 'OnFailure') return false;
  const limit = spec.backoffLimit ?? 6;
  let restarts = 0;
  for (const { status } of pods) {
    if (status?.phase !== 'Running' && status?.phase !== 'Pending') continue;
    for (const { restartCount = 0 } of [
      ...(status.initContainerStatuses ?? []),
      ...(status.containerStatuses ?? []),
    ])
      restarts += restartCount;
  }
  return limit === 0 ? restarts > 0 : restarts >= limit;
}

export function jobCondition(ending: Ending, status: string, epochNow: number): JobCondition {
  const at = formatRfc3339(epochNow);
  return { ...ending, status, lastProbeTime: at, lastTransitionTime: at };
}

export function isSayingSuccess({ status }: Job): boolean {
  return isConditionTrue(status?.conditions, 'SuccessCriteriaMet');
}
