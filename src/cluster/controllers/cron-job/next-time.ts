import { DAY, HOUR, MINUTE, SECOND } from '../../../kernel/time/millis.ts';
import { type CivilTime, civilOf } from '../../../kernel/time/rfc3339.ts';
import type { FieldSchedule, Schedule } from '../../objects/schedule/parse-schedule.ts';
import { offsetOf, type Zone } from '../../objects/schedule/time-zones.ts';

/** A schedule without any time in five years is taken to have none (robfig/cron: spec.go Next). */
const LONGEST_MS = 5 * 366 * DAY;

/**
 * The first time of a schedule after another, in milliseconds since 1970. It walks through real time and
 * reads the clock of the zone on the way: what an hour put forward leaves out does not happen, and what one
 * put back repeats happens twice.
 */
export function nextTime(schedule: Schedule, after: number, zone: Zone): number | undefined {
  if ('everyMs' in schedule) return Math.floor(after / SECOND) * SECOND + schedule.everyMs;
  let time = Math.floor(after / MINUTE) * MINUTE + MINUTE;
  while (time - after <= LONGEST_MS) {
    const local = civilOf(time + offsetOf(zone, time));
    if (!isDay(schedule, local)) time = nextMidnight(time, local, zone);
    else if (!schedule.hours.includes(local.hour)) time += HOUR - local.minute * MINUTE;
    else if (!schedule.minutes.includes(local.minute)) time += MINUTE;
    else return time;
  }
  return undefined;
}

function isDay(schedule: FieldSchedule, { month, day, weekday }: CivilTime): boolean {
  if (!schedule.months.includes(month)) return false;
  const [isOfMonth, isOfWeek] = [schedule.days.includes(day), schedule.weekdays.includes(weekday)];
  return schedule.isEitherDay ? isOfMonth || isOfWeek : isOfMonth && isOfWeek;
}

/** A day may have an hour more or less; midnight itself is never left out in the zones that are known. */
function nextMidnight(time: number, { hour, minute }: CivilTime, zone: Zone): number {
  const guess = time + DAY - hour * HOUR - minute * MINUTE;
  return guess + offsetOf(zone, time) - offsetOf(zone, guess);
}
