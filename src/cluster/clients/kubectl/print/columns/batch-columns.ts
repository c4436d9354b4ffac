import { parseRfc3339 } from '../../../../../kernel/time/rfc3339.ts';
import type { CronJob, Job } from '../../../../objects/kubernetes.ts';
import { ageOf, humanDuration } from '../age.ts';
import type { PrintContext } from '../print-context.ts';
import { printsSince } from '../prints-since.ts';
import type { Column } from '../table/column.ts';
import { ageColumn, boolText, containerColumns, nameColumn, selectorColumn } from './common-columns.ts';

// Mirrors kube-apiserver: printers/internalversion/printers.go printJob, printCronJob.

export const jobColumns: readonly Column<Job>[] = [
  nameColumn,
  { name: 'Status', since: 30, cell: jobStatus },
  { name: 'Completions', cell: completions },
  { name: 'Duration', cell: duration },
  ageColumn,
  ...containerColumns<Job>(({ spec }) => spec?.template.spec?.containers),
  selectorColumn<Job>(({ spec }) => spec?.selector),
];

export const cronJobColumns: readonly Column<CronJob>[] = [
  nameColumn,
  { name: 'Schedule', cell: ({ spec }) => spec?.schedule },
  { name: 'Timezone', since: 30, cell: ({ spec }) => spec?.timeZone ?? '<none>' },
  { name: 'Suspend', cell: ({ spec }) => boolText(spec?.suspend) },
  { name: 'Active', cell: ({ status }) => status?.active?.length ?? 0 },
  {
    name: 'Last Schedule',
    cell: ({ status }, { now }) =>
      status?.lastScheduleTime ? ageOf(status.lastScheduleTime, now) : '<none>',
  },
  ageColumn,
  ...containerColumns<CronJob>(({ spec }) => spec?.jobTemplate.spec?.template.spec?.containers),
  selectorColumn<CronJob>(({ spec }) => spec?.jobTemplate.spec?.selector),
];

function jobStatus(job: Job, { version }: PrintContext): string {
  if (isTrue(job, 'Complete')) return 'Complete';
  if (isTrue(job, 'Failed')) return 'Failed';
  if (job.metadata.deletionTimestamp) return 'Terminating';
  if (isTrue(job, 'Suspended')) return 'Suspended';
  if (isTrue(job, 'FailureTarget')) return 'FailureTarget';
  if (isTrue(job, 'SuccessCriteriaMet') && printsSince(version, 'jobSuccessCriteriaMet')) {
    return 'SuccessCriteriaMet';
  }
  return 'Running';
}

function isTrue({ status }: Job, condition: string): boolean {
  return status?.conditions?.find(({ type }) => type === condition)?.status === 'True';
}

function completions({ spec, status }: Job): string {
  const succeeded = status?.succeeded ?? 0;
  if (spec?.completions !== undefined) return `${succeeded}/${spec.completions}`;
  const parallelism = spec?.parallelism ?? 0;
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

/** Grows for as long as the job is not complete, even when it has failed. */
function duration({ status }: Job, { now }: PrintContext): string {
  const startedAt = parseRfc3339(status?.startTime ?? '');
  if (startedAt === undefined) return '';
  return humanDuration((parseRfc3339(status?.completionTime ?? '') ?? now) - startedAt);
}
