import { drawWhole } from '../../../kernel/chance/draw.ts';
import { type Millis, SECOND } from '../../../kernel/time/millis.ts';
import type { Component, View } from '../../contract/component.ts';
import { isEqualJson } from '../../objects/json.ts';
import type { CronJob, Job, OwnerReference } from '../../objects/kubernetes.ts';
import { controllerOf } from '../../objects/owner-references.ts';
import { storageKey } from '../../objects/storage-key.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import { lastRunAt } from './missed-runs.ts';
import { nextTime } from './next-time.ts';
import { ACTOR, syncCronJob, timetableOf } from './sync-cron-job.ts';

/** So long after a run's time it looks, in case clocks differ (cronjob/utils.go nextScheduleDelta). */
const DELTA_MS = 100;

/**
 * The first controller looked at everything every ten seconds (1.20: cronjob_controller.go); 0 is not at all.
 */
const POLLS_EVERY_MS: Since<Millis> = [
  [0, 10 * SECOND],
  [21, 0],
];

/** Begins Jobs at their times (cronjob_controllerv2.go). */
export const cronJobController: Component = {
  name: ACTOR,
  watches: ['cronjobs.batch', 'jobs.batch'],
  assumes: true,
  *deliveriesOf({ resource, key, object, before }, _rows, objects) {
    if (resource === 'cronjobs.batch') {
      yield { actor: ACTOR, key };
      return;
    }
    const owner = controllerOf(object);
    const former = before && controllerOf(before);
    const owners = former && !isEqualJson(former, owner) ? [former, owner] : [owner];
    for (const each of owners) {
      const { namespace = '' } = object.metadata;
      if (each && ownsStill(objects.get<CronJob>('cronjobs.batch', namespace, each.name), each))
        yield { actor: ACTOR, key: keyOf(namespace, each.name) };
    }
  },
  *addresses({ objects }) {
    for (const { metadata } of objects.list<CronJob>('cronjobs.batch')) {
      yield { actor: ACTOR, key: keyOf(metadata.namespace, metadata.name) };
    }
  },
  *reconcile(view, { key }, now) {
    const period = inVersion(POLLS_EVERY_MS, view.settings.version);
    if (period === 0 || nextPoll(view, now, period) === now) yield* syncCronJob(view, key, now);
  },
  wake(view, { key }, from) {
    const cronJob = view.objects.byKey<CronJob>(key);
    const period = inVersion(POLLS_EVERY_MS, view.settings.version);
    const at = cronJob && (period > 0 ? nextPoll(view, from, period) : nextRun(view, cronJob, from));
    return at === undefined ? undefined : { at, cause: view.objects.changedAt(key) ?? null };
  },
};

function ownsStill(cronJob: CronJob | undefined, { kind, uid }: OwnerReference): boolean {
  return kind === 'CronJob' && cronJob?.metadata.uid === uid;
}

function keyOf(namespace = '', name: Job['metadata']['name'] = ''): string {
  return storageKey({ resource: 'cronjobs.batch', namespace, name });
}

function nextRun(view: View, cronJob: CronJob, from: Millis): Millis | undefined {
  const timetable = timetableOf(cronJob);
  if (timetable === undefined || cronJob.metadata.deletionTimestamp !== undefined) return undefined;
  const { schedule, zone } = timetable;
  const { epochMs } = view.settings;
  // A run whose look is still to come may itself be over.
  const after = epochMs + from - DELTA_MS - 1;
  let time: number | undefined;
  if ('everyMs' in schedule) {
    const last = lastRunAt(cronJob);
    const count = Math.max(1, Math.floor((after - last) / schedule.everyMs) + 1);
    time = last + count * schedule.everyMs;
  } else time = nextTime(schedule, after, zone);
  return time === undefined ? undefined : Math.max(from, time + DELTA_MS - epochMs);
}

function nextPoll({ chance }: View, from: Millis, period: Millis): Millis {
  const phase = drawWhole(chance, 0, period - 1, 'cronjob-poll');
  return phase + Math.max(0, Math.ceil((from - phase) / period)) * period;
}
