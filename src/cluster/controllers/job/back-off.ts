import { MINUTE, SECOND } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import { controllerRowKey } from '../../contract/controller-row.ts';
import type { Job, Pod } from '../../objects/kubernetes.ts';
import { finishedAt } from './job-pods.ts';

export const ACTOR = 'job-controller';

/** Doubled with every failure (job_controller.go DefaultJobPodFailureBackOff, MaxJobPodFailureBackOff). */
const FIRST_MS = 10 * SECOND;
const MAX_MS = 10 * MINUTE;

/** Failures since the last success, and when the last one was, in milliseconds since 1970. */
export interface BackOff {
  readonly failures: number;
  readonly failedAt?: number;
}

/** The controller keeps it in mind, since pods that failed may be gone by the next time. */
export function backOffOf({ rows }: View, { metadata }: Job): BackOff {
  const row = rows.row('controllerKeys', controllerRowKey(ACTOR, metadata.uid ?? ''));
  const { failures = 0, failedAt } = row ?? {};
  return failedAt === undefined ? { failures } : { failures, failedAt };
}

/** After what is new (backoff_utils.go newBackoffRecord): a success forgives all that failed before it. */
export function backOffAfter(
  view: View,
  job: Job,
  news: { readonly succeeded: readonly Pod[]; readonly failed: readonly Pod[] },
): BackOff {
  const before = backOffOf(view, job);
  if (news.succeeded.length === 0 && news.failed.length === 0) return before;
  const success = Math.max(...news.succeeded.map(finishedAt), Number.NEGATIVE_INFINITY);
  const failures = news.failed.map(finishedAt).filter((at) => at > success);
  const earlier = news.succeeded.length > 0 ? 0 : before.failures;
  if (failures.length === 0) return { failures: earlier };
  return { failures: earlier + failures.length, failedAt: Math.max(...failures) };
}

/** From when on another pod may be made, in milliseconds since 1970. */
export function nextTryAt({ failures, failedAt = 0 }: BackOff): number {
  if (failures === 0) return 0;
  return failedAt + Math.min(FIRST_MS * 2 ** (failures - 1), MAX_MS);
}
