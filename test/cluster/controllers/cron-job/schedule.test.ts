import { describe, expect, test } from 'vitest';
import { dueRun } from '../../../../src/cluster/controllers/cron-job/missed-runs.ts';
import { nextTime } from '../../../../src/cluster/controllers/cron-job/next-time.ts';
import type { CronJob } from '../../../../src/cluster/objects/kubernetes.ts';
import { parseSchedule } from '../../../../src/cluster/objects/schedule/parse-schedule.ts';
import { findZone, UTC } from '../../../../src/cluster/objects/schedule/time-zones.ts';

function scheduleOf(text: string) {
  const schedule = parseSchedule(text);
  if (!schedule) throw new Error(`${text} is no schedule`);
  return schedule;
}

function next(text: string, after: string, place = ''): string | undefined {
  const time = nextTime(scheduleOf(text), Date.parse(after), findZone(place) ?? UTC);
  return time === undefined ? undefined : new Date(time).toISOString().replace(':00.000Z', '');
}

describe('a schedule', () => {
  test.each([
    ['*/1 * * * *', '2026-11-21T05:11:10Z', '2026-11-21T05:12'],
    ['* * * * *', '2026-11-21T05:12:00Z', '2026-11-21T05:13'],
    ['*/15 9-17 * * 1-5', '2026-11-20T17:45:00Z', '2026-11-23T09:00'],
    ['5/20 * * * *', '2026-11-21T05:26:00Z', '2026-11-21T05:45'],
    ['0 0 13 * FRI', '2026-11-01T00:00:00Z', '2026-11-06T00:00'],
    ['0 0 */2 * 1', '2026-11-01T00:00:00Z', '2026-11-02T00:00'],
    ['30 2 29 feb *', '2026-11-21T00:00:00Z', '2028-02-29T02:30'],
    ['@hourly', '2026-11-21T05:11:10Z', '2026-11-21T06:00'],
    ['@every 90m', '2026-11-21T05:00:00Z', '2026-11-21T06:30'],
    ['59 23 31 2 *', '2026-11-21T00:00:00Z', undefined],
  ])('%s after %s comes next at %s', (text, after, wanted) => {
    expect(next(text, after)).toBe(wanted);
  });

  test.each(['* * * *', '60 * * * *', '* * * * 7', '*/0 * * * *', '5-2 * * * *', '@never', '@every soon'])(
    '%s is none',
    (text) => {
      expect(parseSchedule(text)).toBeUndefined();
    },
  );
});

describe('a schedule in a place', () => {
  test.each([
    ['Asia/Seoul', '0 9 * * *', '2026-11-21T00:00:00Z', '2026-11-22T00:00'],
    ['Asia/Kolkata', '0 9 * * *', '2026-11-21T00:00:00Z', '2026-11-21T03:30'],
    ['America/New_York', '0 9 * * *', '2026-07-01T00:00:00Z', '2026-07-01T13:00'],
    ['America/New_York', '0 9 * * *', '2026-12-01T00:00:00Z', '2026-12-01T14:00'],
    // On 29 March 2026 the clock of Berlin goes from 2:00 to 3:00, on 25 October from 3:00 to 2:00.
    ['Europe/Berlin', '30 2 * * *', '2026-03-28T12:00:00Z', '2026-03-30T00:30'],
    ['Europe/Berlin', '30 2 * * *', '2026-10-24T12:00:00Z', '2026-10-25T00:30'],
    ['Europe/Berlin', '30 2 * * *', '2026-10-25T00:30:00Z', '2026-10-25T01:30'],
    ['Australia/Sydney', '0 0 * * *', '2027-01-01T00:00:00Z', '2027-01-01T13:00'],
    ['Etc/GMT-9', '0 9 * * *', '2026-11-21T00:30:00Z', '2026-11-22T00:00'],
  ])('of %s goes by its clock', (place, text, after, wanted) => {
    expect(next(text, after, place)).toBe(wanted);
  });

  test.each(['Asia/Seoul', 'Europe/Paris', 'America/Chicago', 'Australia/Sydney', 'Europe/London'])(
    '%s has the offsets that the host knows',
    (timeZone) => {
      const format = new Intl.DateTimeFormat('en', { timeZone, hour: '2-digit', hourCycle: 'h23' });
      for (let hour = 0; hour < 366 * 24; hour++) {
        const after = Date.UTC(2026, 0, 1) + hour * 3_600_000;
        const local = Number(format.format(after + 3_600_000));
        if (nextTime(scheduleOf(`0 ${local} * * *`), after, findZone(timeZone) ?? UTC) !== after + 3_600_000)
          throw new Error(`wrong after ${new Date(after).toISOString()}`);
      }
    },
  );

  test('that nobody knows is none', () => {
    expect(findZone('Mars/Olympus')).toBeUndefined();
  });
});

describe('the run that is due', () => {
  const at = (text: string) => Date.parse(`2026-11-21T${text}Z`);
  function due(schedule: string, now: string, spec: object = {}, lastScheduleTime?: string) {
    const cronJob = {
      metadata: { creationTimestamp: '2026-11-21T05:00:30Z' },
      spec: { schedule, ...spec },
      status: lastScheduleTime ? { lastScheduleTime } : {},
    } as CronJob;
    return dueRun(cronJob, { schedule: scheduleOf(schedule), zone: UTC }, at(now));
  }

  test('is none before the first', () => {
    expect(due('*/5 * * * *', '05:04:59')).toEqual({ isTooMany: false });
  });

  test('is the latest of all that were missed', () => {
    expect(due('*/5 * * * *', '05:05:00')).toEqual({ at: at('05:05:00'), isTooMany: false });
    expect(due('*/5 * * * *', '05:23:00')).toEqual({ at: at('05:20:00'), isTooMany: false });
  });

  test('still is the latest when more than a hundred were missed', () => {
    expect(due('* * * * *', '07:00:10')).toEqual({ at: at('07:00:00'), isTooMany: true });
  });

  test('is none if the deadline for it has passed', () => {
    const spec = { startingDeadlineSeconds: 60 };
    expect(due('*/5 * * * *', '05:07:00', spec, '2026-11-21T05:00:00Z')).toEqual({ isTooMany: false });
  });
});
