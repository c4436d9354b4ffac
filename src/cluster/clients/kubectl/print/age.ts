import { parseRfc3339 } from '../../../../kernel/time/rfc3339.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * A span as kubectl's AGE column shows it, two or three significant figures, every part cut off, never
 * rounded. Mirrors apimachinery: util/duration HumanDuration.
 */
export function humanDuration(ms: number): string {
  const seconds = Math.trunc(ms / SECOND);
  // A clock that lags by less than two seconds is taken for «just now».
  if (seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.floor(ms / MINUTE);
  if (minutes < 10) return twoUnits(minutes, 'm', seconds % 60, 's');
  if (minutes < 180) return `${minutes}m`;
  return humanHours(Math.floor(ms / HOUR), minutes % 60);
}

/** How long ago a timestamp of the API was; `<unknown>` when it is not set. */
export function ageOf(timestamp: string | null | undefined, now: number): string {
  const since = timestamp ? parseRfc3339(timestamp) : undefined;
  return since === undefined ? '<unknown>' : humanDuration(now - since);
}

function humanHours(hours: number, minutes: number): string {
  const days = Math.floor(hours / 24);
  if (hours < 8) return twoUnits(hours, 'h', minutes, 'm');
  if (hours < 48) return `${hours}h`;
  if (days < 8) return twoUnits(days, 'd', hours % 24, 'h');
  if (days < 2 * 365) return `${days}d`;
  const years = Math.floor(days / 365);
  return years < 8 ? twoUnits(years, 'y', days % 365, 'd') : `${years}y`;
}

function twoUnits(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large}${largeUnit}` : `${large}${largeUnit}${small}${smallUnit}`;
}
