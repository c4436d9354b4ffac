import type { Millis } from '../../../kernel/time/millis.ts';
import { formatRfc1123z, formatRfc3339, parseRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { Reaction, View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import { isEqualJson } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { CronJob, CronJobStatus, Job } from '../../objects/kubernetes.ts';
import { parseSchedule } from '../../objects/schedule/parse-schedule.ts';
import { findZone } from '../../objects/schedule/time-zones.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import { record } from '../../recorder/record.ts';
import { referenceTo } from '../../recorder/reference-to.ts';
import { isOfEndingNamespace } from '../shared/pod-control.ts';
import { jobsToForget, outcomeOf } from './history.ts';
import { jobFor } from './job-for.ts';
import { dueRun, type Timetable } from './missed-runs.ts';

export const ACTOR = 'cronjob-controller';

/** The Event of a Job's end calls its outcome a condition, a status until 1.20's controller went. */
const OUTCOME_WORD: Since<string> = [
  [0, 'status'],
  [31, 'condition'],
];

/** lastSuccessfulTime: with the second controller (1.21). */
const TELLS_SUCCESS: Since<boolean> = [
  [0, false],
  [21, true],
];

/** One look at a CronJob, with the status as far as it has come. */
export interface CronLook {
  readonly view: View;
  readonly now: Millis;
  readonly cronJob: CronJob;
  readonly status: CronJobStatus;
}

/** Counts its Jobs, begins the one that is due, and forgets old ones (cronjob_controllerv2.go sync). */
export function* syncCronJob(view: View, key: string, now: Millis): Reaction {
  const cronJob = view.objects.byKey<CronJob>(key);
  if (cronJob === undefined) return;
  const jobs = view.objects
    .listBy<KubeObject>('owner', cronJob.metadata.uid ?? '')
    .filter((object): object is Job => object.kind === 'Job');
  const look = { view, now, cronJob };
  const seen = yield* notice({ ...look, status: cronJob.status ?? {} }, jobs);
  if (seen === undefined) return;
  let status = yield* beginDue({ ...look, status: seen });
  for (const job of jobsToForget(cronJob, jobs)) status = yield* remove({ ...look, status }, job);
  if (isEqualJson(status, cronJob.status ?? {})) return;
  const { namespace = '', name = '' } = cronJob.metadata;
  const target = { resource: 'cronjobs.batch', namespace, name, subresource: 'status' } as const;
  yield { verb: 'update', ...target, object: { ...cronJob, status } as CronJob };
}

function withActive(status: CronJobStatus, active: CronJobStatus['active']): CronJobStatus {
  const { active: _, ...rest } = status;
  return active?.length ? { ...rest, active } : rest;
}

function withoutActive(status: CronJobStatus, uid: string | undefined): CronJobStatus {
  return withActive(
    status,
    status.active?.filter((each) => each.uid !== uid),
  );
}

/** What has become of its Jobs. Undefined when it could not be found out. */
function* notice(look: CronLook, jobs: readonly Job[]): Doing<CronJobStatus | undefined> {
  const { view, cronJob } = look;
  const { namespace = '', name = '' } = cronJob.metadata;
  const version = view.settings.version;
  let { status } = look;
  for (const job of jobs) {
    const isActive = status.active?.some(({ uid }) => uid === job.metadata.uid) ?? false;
    const outcome = outcomeOf(job);
    if (outcome === undefined && !isActive) {
      const fresh = yield { verb: 'get', resource: 'cronjobs.batch', namespace, name };
      if (!fresh.ok) return undefined;
      const text = 'Saw a job that the controller did not create or forgot';
      yield* tell(look, 'UnexpectedJob', `${text}: ${job.metadata.name}`);
    } else if (outcome !== undefined && isActive) {
      status = withoutActive(status, job.metadata.uid);
      const word = inVersion(OUTCOME_WORD, version);
      yield* tell(look, 'SawCompletedJob', `Saw completed job: ${job.metadata.name}, ${word}: ${outcome}`);
    }
    const { completionTime = '' } = job.status ?? {};
    const isNewest = outcome === 'Complete' && completionTime > (status.lastSuccessfulTime ?? '');
    if (isNewest && inVersion(TELLS_SUCCESS, version))
      status = { ...status, lastSuccessfulTime: completionTime };
  }
  for (const { uid, namespace: of = '', name: lost = '' } of status.active ?? []) {
    if (jobs.some(({ metadata }) => metadata.uid === uid)) continue;
    const found = yield { verb: 'get', resource: 'jobs.batch', namespace: of, name: lost };
    if (found.ok) continue;
    if (found.status.code !== 404) return undefined;
    yield* tell(look, 'MissingJob', `Active job went missing: ${lost}`);
    status = withoutActive(status, uid);
  }
  return status;
}

/** Begins the latest run that is due, if nothing speaks against it (syncCronJob). */
function* beginDue(look: CronLook): Doing<CronJobStatus> {
  const { view, now, cronJob, status } = look;
  const { spec, metadata } = cronJob;
  if (metadata.deletionTimestamp !== undefined) return status;
  const timetable = yield* timetableFor(look);
  if (timetable === undefined) return status;
  const epochNow = view.settings.epochMs + now;
  const due = dueRun(cronJob, timetable, epochNow);
  if (due === undefined) {
    const why = 'time difference between two schedules is less than 1 second';
    yield* tell(look, 'InvalidSchedule', `invalid schedule: ${spec.schedule} : ${why}`);
    return status;
  }
  if (due.at === undefined) return status;
  if (due.isTooMany) {
    const advice = 'Set or decrease .spec.startingDeadlineSeconds or check clock skew';
    yield* tell(look, 'TooManyMissedTimes', `too many missed start times. ${advice}`);
  }
  const deadline = spec.startingDeadlineSeconds;
  if (deadline !== undefined && due.at + deadline * 1000 < epochNow) {
    yield* tell(look, 'MissSchedule', `Missed scheduled time to start a job: ${formatRfc1123z(due.at)}`);
    return status;
  }
  const job = jobFor(cronJob, due.at, { zone: timetable.zone, version: view.settings.version });
  const isKnown = status.active?.some(({ name }) => name === job.metadata.name);
  if (isKnown || parseRfc3339(status.lastScheduleTime ?? '') === due.at) return status;
  if (spec.concurrencyPolicy === 'Forbid' && status.active?.length) {
    const why = 'prior execution is running and concurrency policy is Forbid';
    yield* tell(look, 'JobAlreadyActive', `Not starting job because ${why}`);
    return status;
  }
  const free = spec.concurrencyPolicy === 'Replace' ? yield* replaceActive(look) : status;
  if (free === undefined) return status;
  return yield* begin({ ...look, status: free }, job, due.at);
}

/** Undefined when there is none, or nothing shall be begun. */
export function timetableOf({ spec }: CronJob): Timetable | undefined {
  const [, prefix, rest = spec.schedule] = /^(?:CRON_)?TZ=(\S+)\s+(.*)$/.exec(spec.schedule) ?? [];
  const schedule = parseSchedule(rest);
  const zone = findZone(prefix ?? spec.timeZone ?? '');
  return schedule && zone && spec.suspend !== true ? { schedule, zone } : undefined;
}

function* timetableFor(look: CronLook): Doing<Timetable | undefined> {
  const { schedule, timeZone, suspend } = look.cronJob.spec;
  if (timeZone !== undefined && findZone(timeZone) === undefined) {
    const text = `invalid timeZone: "${timeZone}": unknown time zone ${timeZone}`;
    yield* tell(look, 'UnknownTimeZone', text);
    return undefined;
  }
  if (suspend === true) return undefined;
  const timetable = timetableOf(look.cronJob);
  if (timetable === undefined) {
    const text = `unparseable schedule: "${schedule}" : expected exactly 5 fields, found what is none`;
    yield* tell(look, 'UnparseableSchedule', text);
  }
  return timetable;
}

function* replaceActive(look: CronLook): Doing<CronJobStatus | undefined> {
  let { status } = look;
  for (const { namespace = '', name = '' } of look.status.active ?? []) {
    const found = yield { verb: 'get', resource: 'jobs.batch', namespace, name };
    if (!found.ok) {
      yield* tell(look, 'FailedGet', `Get job: ${found.status.message}`);
      return undefined;
    }
    const next = yield* remove({ ...look, status }, found.object as Job);
    if (next === status) return undefined;
    status = next;
  }
  return status;
}

/** Deletes a Job and its pods; the same status if it was refused. */
function* remove(look: CronLook, { metadata }: Job): Doing<CronJobStatus> {
  const { namespace = '', name = '', uid } = metadata;
  const target = { resource: 'jobs.batch', namespace, name } as const;
  const gone = yield { verb: 'delete', ...target, propagationPolicy: 'Background' };
  if (!gone.ok) {
    yield* tell(look, 'FailedDelete', `Deleted job: ${gone.status.message}`);
    return look.status;
  }
  yield* tell(look, 'SuccessfulDelete', `Deleted job ${name}`);
  return { ...withoutActive(look.status, uid) };
}

function* begin(look: CronLook, job: Job, at: number): Doing<CronJobStatus> {
  const { cronJob, status } = look;
  const { namespace = '', uid } = cronJob.metadata;
  const made = yield { verb: 'create', resource: 'jobs.batch', namespace, object: job };
  let begun = made.ok ? made.object : undefined;
  if (!made.ok) {
    if (isOfEndingNamespace(made)) return status;
    if (made.status.reason !== 'AlreadyExists') {
      yield* tell(look, 'FailedCreate', `Error creating job: ${made.status.message}`);
      return status;
    }
    // It has been made before, and only the status does not know of it.
    const found = yield { verb: 'get', resource: 'jobs.batch', namespace, name: job.metadata.name ?? '' };
    const isOwn = found.ok && found.object?.metadata.ownerReferences?.some((owner) => owner.uid === uid);
    if (!found.ok || !isOwn) return status;
    begun = found.object;
  } else yield* tell(look, 'SuccessfulCreate', `Created job ${job.metadata.name}`);
  if (begun === undefined) return status;
  const active = [...(status.active ?? []), referenceTo(begun)];
  return { ...status, active, lastScheduleTime: formatRfc3339(at) };
}

const WARNINGS: readonly string[] = [
  'UnexpectedJob',
  'UnknownTimeZone',
  'UnparseableSchedule',
  'InvalidSchedule',
  'TooManyMissedTimes',
  'MissSchedule',
  'FailedGet',
  'FailedCreate',
  'FailedDelete',
];

function* tell({ view, now, cronJob }: CronLook, reason: string, message: string): Doing<void> {
  const type = WARNINGS.includes(reason) ? 'Warning' : 'Normal';
  yield* record(view, { component: ACTOR, object: cronJob, type, reason, message }, now);
}
