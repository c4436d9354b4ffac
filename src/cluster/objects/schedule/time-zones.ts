import { HOUR, MINUTE } from '../../../kernel/time/millis.ts';
import { civilOf, epochMsOf } from '../../../kernel/time/rfc3339.ts';

/** The clock of a place: its distance from UTC, and when it is put forward by an hour. */
export interface Zone {
  readonly offsetMs: number;
  readonly summer?: Summer;
}

/** Which rule summer time follows: those of the European Union, of the United States and of Australia. */
type Summer = 'eu' | 'us' | 'au';

export const UTC: Zone = { offsetMs: 0 };

/**
 * Places as of today's laws (IANA tz database, 2025b). The host's own data may take no part, since a log is
 * the same on every machine.
 */
const PLACES: readonly (readonly [hours: number, names: string, summer?: Summer])[] = [
  [0, 'UTC Etc/UTC GMT Etc/GMT Africa/Abidjan Africa/Accra Atlantic/Reykjavik'],
  [0, 'Europe/London Europe/Dublin Europe/Lisbon', 'eu'],
  [1, 'Europe/Amsterdam Europe/Berlin Europe/Brussels Europe/Budapest Europe/Copenhagen Europe/Madrid', 'eu'],
  [1, 'Europe/Oslo Europe/Paris Europe/Prague Europe/Rome Europe/Stockholm Europe/Vienna', 'eu'],
  [1, 'Europe/Warsaw Europe/Zurich', 'eu'],
  [1, 'Africa/Lagos'],
  [2, 'Europe/Athens Europe/Bucharest Europe/Helsinki Europe/Kiev Europe/Kyiv Europe/Sofia', 'eu'],
  [2, 'Africa/Johannesburg'],
  [3, 'Africa/Nairobi Asia/Riyadh Europe/Istanbul Europe/Moscow'],
  [4, 'Asia/Dubai'],
  [5, 'Asia/Karachi Asia/Tashkent'],
  [5.5, 'Asia/Kolkata Asia/Calcutta'],
  [5.75, 'Asia/Kathmandu'],
  [6, 'Asia/Dhaka'],
  [7, 'Asia/Bangkok Asia/Ho_Chi_Minh Asia/Jakarta'],
  [8, 'Asia/Hong_Kong Asia/Kuala_Lumpur Asia/Manila Asia/Shanghai Asia/Singapore Asia/Taipei'],
  [8, 'Australia/Perth'],
  [9, 'Asia/Pyongyang Asia/Seoul Asia/Tokyo ROK Japan'],
  [10, 'Australia/Brisbane'],
  [10, 'Australia/Hobart Australia/Melbourne Australia/Sydney', 'au'],
  [-3, 'America/Argentina/Buenos_Aires America/Sao_Paulo'],
  [-4, 'America/Halifax', 'us'],
  [-5, 'America/Detroit America/New_York America/Toronto US/Eastern', 'us'],
  [-5, 'America/Bogota America/Lima'],
  [-6, 'America/Chicago US/Central', 'us'],
  [-6, 'America/Mexico_City'],
  [-7, 'America/Denver US/Mountain', 'us'],
  [-7, 'America/Phoenix'],
  [-8, 'America/Los_Angeles America/Vancouver US/Pacific', 'us'],
  [-9, 'America/Anchorage', 'us'],
  [-10, 'Pacific/Honolulu'],
];

/** Undefined for a place that is not known. The controller manager's own place is UTC. */
export function findZone(name: string): Zone | undefined {
  if (name === '') return UTC;
  // The signs of these are the other way round (POSIX).
  const [, sign, hours] = /^Etc\/GMT([+-])(\d{1,2})$/.exec(name) ?? [];
  if (hours !== undefined) return { offsetMs: (sign === '+' ? -1 : 1) * Number(hours) * HOUR };
  const place = PLACES.find(([, names]) => names.split(' ').includes(name));
  if (place === undefined) return undefined;
  const [offset, , summer] = place;
  return { offsetMs: offset * HOUR, ...(summer && { summer }) };
}

/** How far the clock of a zone is ahead of UTC at a time, in milliseconds. */
export function offsetOf({ offsetMs, summer }: Zone, epochMs: number): number {
  return summer !== undefined && isSummer(summer, epochMs, offsetMs) ? offsetMs + HOUR : offsetMs;
}

function isSummer(rule: Summer, epochMs: number, offsetMs: number): boolean {
  const { year } = civilOf(epochMs + offsetMs);
  switch (rule) {
    case 'eu':
      return epochMs >= sunday(year, 4, 0) + HOUR && epochMs < sunday(year, 11, 0) + HOUR;
    case 'us':
      return (
        epochMs >= sunday(year, 3, 2) + 2 * HOUR - offsetMs && epochMs < sunday(year, 11, 1) + HOUR - offsetMs
      );
    case 'au':
      return (
        epochMs < sunday(year, 4, 1) + 2 * HOUR - offsetMs ||
        epochMs >= sunday(year, 10, 1) + 2 * HOUR - offsetMs
      );
  }
}

/** The midnight that begins a month's n-th Sunday; the zeroth is the last one of the month before. */
function sunday(year: number, month: number, n: number): number {
  const first = epochMsOf({ year, month, day: 1, hour: 0, minute: 0, second: 0, millisecond: 0 });
  const toSunday = (7 - civilOf(first).weekday) % 7;
  return first + (toSunday + 7 * (n - 1)) * 24 * HOUR;
}

/** As RFC 3339 writes it: `Z`, `+09:00`. */
export function formatOffset(offsetMs: number): string {
  if (offsetMs === 0) return 'Z';
  const minutes = Math.abs(offsetMs) / MINUTE;
  const two = (value: number) => String(value).padStart(2, '0');
  return `${offsetMs < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
