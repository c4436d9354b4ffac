import { SECOND } from '../../../kernel/time/millis.ts';
import { parseRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { CronJob } from '../../objects/kubernetes.ts';
import type { Schedule } from '../../objects/schedule/parse-schedule.ts';
import type { Zone } from '../../objects/schedule/time-zones.ts';
import { nextTime } from './next-time.ts';

/** A schedule with its zone. */
export interface Timetable {
  readonly schedule: Schedule;
  readonly zone: Zone;
}

/** The latest run that is due, and whether it stands for more than a hundred that were missed. */
export interface DueRun {
  /** Milliseconds since 1970. */
  readonly at?: number;
  readonly isTooMany: boolean;
}

const NONE: DueRun = { isTooMany: false };
const TOO_MANY = 100;

/** Since when runs may have been missed, in milliseconds since 1970. */
export function lastRunAt({ metadata, status }: CronJob): number {
  return parseRfc3339(status?.lastScheduleTime ?? metadata.creationTimestamp ?? '') ?? 0;
}

/**
 * Of the runs since the last one only the latest is made up for (cronjob/utils.go mostRecentScheduleTime).
 * Undefined when the schedule has no two times.
 */
export function dueRun(
  cronJob: CronJob,
  { schedule, zone }: Timetable,
  epochNow: number,
): DueRun | undefined {
  const { startingDeadlineSeconds } = cronJob.spec;
  const limit = startingDeadlineSeconds === undefined ? 0 : epochNow - startingDeadlineSeconds * SECOND;
  const earliest = Math.max(lastRunAt(cronJob), limit);
  const first = nextTime(schedule, earliest, zone);
  const second = first === undefined ? undefined : nextTime(schedule, first, zone);
  if (first === undefined || second === undefined) return undefined;
  if (epochNow < first) return NONE;
  if (epochNow < second) return { at: first, isTooMany: false };
  const between = Math.round((second - first) / SECOND);
  if (between < 1) return undefined;
  const missed = Math.floor(Math.floor((epochNow - first) / SECOND) / between) + 1;
  let at: number | undefined;
  let time = nextTime(schedule, first + (missed - 2) * between * SECOND, zone);
  for (; time !== undefined && time <= epochNow; time = nextTime(schedule, time, zone)) at = time;
  return { ...(at !== undefined && { at }), isTooMany: missed > TOO_MANY };
}
