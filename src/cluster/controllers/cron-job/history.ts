import { compareText } from '../../objects/json.ts';
import type { CronJob, Job } from '../../objects/kubernetes.ts';

/** Jobs that ended longer ago than those that are kept: the oldest of each outcome (cleanupFinishedJobs). */
export function jobsToForget({ spec }: CronJob, jobs: readonly Job[]): readonly Job[] {
  const { successfulJobsHistoryLimit: successes, failedJobsHistoryLimit: failures } = spec;
  return [...oldest(jobs, 'Complete', successes), ...oldest(jobs, 'Failed', failures)];
}

function oldest(jobs: readonly Job[], outcome: string, limit: number | undefined): readonly Job[] {
  if (limit === undefined) return [];
  const ended = jobs.filter((job) => outcomeOf(job) === outcome).sort(byStart);
  return ended.slice(0, Math.max(0, ended.length - limit));
}

/** How a Job ended: `Complete`, `Failed`. */
export function outcomeOf({ status }: Job): string | undefined {
  return status?.conditions?.find(
    ({ type, status: is }) => (type === 'Complete' || type === 'Failed') && is === 'True',
  )?.type;
}

/** Those that never began come last. */
function byStart(a: Job, b: Job): number {
  const [first, second] = [a.status?.startTime ?? '~', b.status?.startTime ?? '~'];
  return compareText(first, second) || compareText(a.metadata.name ?? '', b.metadata.name ?? '');
}
