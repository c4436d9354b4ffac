import type { CronJob, CronJobSpec } from '../../kubernetes.ts';
import { readSchedule } from '../../schedule/parse-schedule.ts';
import { checkNotNegative, checkOneOf } from '../check-values.ts';
import { type FieldErrors, invalid, notSupported, required } from '../field-error.ts';
import { checkObjectMeta, checkObjectMetaUpdate } from '../object-meta.ts';
import { checkJobSpec } from './check-job.ts';

/** What is appended to the name of a CronJob's Jobs: a dash and the time. */
const MOST_LETTERS = 52;

/** apis/batch/validation: ValidateCronJobCreate. */
export function checkNewCronJob(cronJob: CronJob): FieldErrors {
  const { name = '' } = cronJob.metadata;
  const detail = `must be no more than ${MOST_LETTERS} characters`;
  return [
    ...checkObjectMeta(cronJob.metadata, { isNamespaced: true }),
    ...checkSpec(cronJob.spec),
    ...(name.length > MOST_LETTERS ? [invalid('metadata.name', name, detail)] : []),
  ];
}

export function checkCronJobUpdate(cronJob: CronJob, old: CronJob): FieldErrors {
  return [...checkObjectMetaUpdate(cronJob.metadata, old.metadata), ...checkSpec(cronJob.spec, old.spec)];
}

function checkSpec(spec: CronJobSpec, old?: CronJobSpec): FieldErrors {
  const { jobTemplate, concurrencyPolicy } = spec;
  return [
    ...(spec.schedule ? checkSchedule(spec, old) : [required('spec.schedule')]),
    ...checkNotNegative('spec.startingDeadlineSeconds', spec.startingDeadlineSeconds),
    ...(old?.timeZone === spec.timeZone ? [] : checkTimeZone(spec.timeZone)),
    ...checkOneOf('spec.concurrencyPolicy', concurrencyPolicy, ['Allow', 'Forbid', 'Replace']),
    ...(jobTemplate.spec
      ? checkJobSpec('spec.jobTemplate.spec', jobTemplate.spec, old?.jobTemplate.spec)
      : []),
    ...checkNoSelector(jobTemplate.spec ?? { template: {} }),
    ...checkNotNegative('spec.successfulJobsHistoryLimit', spec.successfulJobsHistoryLimit),
    ...checkNotNegative('spec.failedJobsHistoryLimit', spec.failedJobsHistoryLimit),
  ];
}

function checkSchedule({ schedule, timeZone }: CronJobSpec, old: CronJobSpec | undefined): FieldErrors {
  const field = 'spec.schedule';
  const [, , rest = schedule] = /^(?:CRON_)?TZ=(\S+)\s+(.*)$/.exec(schedule) ?? [];
  const read = readSchedule(rest);
  const syntax = 'problem' in read ? [invalid(field, schedule, read.problem)] : [];
  if (!schedule.includes('TZ')) return syntax;
  const both = 'cannot use both timeZone field and TZ or CRON_TZ in schedule';
  const never = 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead';
  if (old?.schedule.includes('TZ'))
    return timeZone === undefined ? syntax : [...syntax, invalid(field, schedule, both)];
  return [...syntax, invalid(field, schedule, never)];
}

function checkTimeZone(timeZone: string | undefined): FieldErrors {
  const field = 'spec.timeZone';
  if (timeZone === undefined) return [];
  if (timeZone === '') return [invalid(field, timeZone, 'timeZone must be nil or non-empty string')];
  const isOdd = (part: string) => /^(\.{1,2}$|-)/.test(part) || !/^[A-Za-z.\-_0-9+]{1,14}$/.test(part);
  if (timeZone.split('/').some(isOdd)) return [invalid(field, timeZone, `unknown time zone ${timeZone}`)];
  const explicit = 'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones';
  return timeZone.toLowerCase() === 'local' ? [invalid(field, timeZone, explicit)] : [];
}

function checkNoSelector({ selector, manualSelector }: NonNullable<CronJobSpec['jobTemplate']['spec']>) {
  const field = 'spec.jobTemplate.spec';
  return [
    ...(selector ? [invalid(`${field}.selector`, selector, '`selector` will be auto-generated')] : []),
    ...(manualSelector === true
      ? [notSupported(`${field}.manualSelector`, manualSelector, ['nil', 'false'])]
      : []),
  ];
}
