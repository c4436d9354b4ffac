/**
 * Dates in UTC, computed from the proleptic Gregorian calendar alone: the host's Date, locale and time zone
 * never take part, so a log is the same on every machine.
 */

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const DAY_MINUTES = DAY_MS / MINUTE_MS;

export interface CivilTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  /** 0 is Sunday. */
  readonly weekday: number;
}

/** The UTC calendar reading of a number of milliseconds since 1970-01-01. */
export function civilOf(epochMs: number): CivilTime {
  const days = Math.floor(epochMs / DAY_MS);
  const ofDay = epochMs - days * DAY_MS;
  const { year, month, day } = dateOfDays(days);
  return {
    year,
    month,
    day,
    hour: Math.floor(ofDay / 3_600_000),
    minute: Math.floor(ofDay / 60_000) % 60,
    second: Math.floor(ofDay / 1000) % 60,
    millisecond: Math.floor(ofDay) % 1000,
    weekday: (((days + 4) % 7) + 7) % 7,
  };
}

/** Milliseconds since 1970-01-01 of a UTC calendar reading; months beyond 12 are not folded. */
export function epochMsOf(time: Omit<CivilTime, 'weekday'>): number {
  const { year, month, day, hour, minute, second, millisecond } = time;
  return daysOfDate(year, month, day) * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000 + millisecond;
}

/** As `metav1.Time` is written: `2026-11-21T05:08:16Z`, whole seconds, truncated. */
export function formatRfc3339(epochMs: number): string {
  return `${formatSeconds(epochMs)}Z`;
}

/** As `metav1.MicroTime` is written: `2026-11-21T05:08:16.123000Z`. */
export function formatRfc3339Micro(epochMs: number): string {
  const whole = Math.floor(epochMs);
  return formatSeconds(epochMs) + microTail(whole - Math.floor(whole / 1000) * 1000);
}

// What comes at equal distances comes with the same fraction again and again.
const tails: (string | undefined)[] = [];

function microTail(millisecond: number): string {
  tails[millisecond] ??= `.${String(millisecond + 1000).slice(1)}000Z`;
  return tails[millisecond];
}

// Every change in the cluster is dated, and mostly in the minute of the one before.
let lastMinute = Number.NaN;
let lastText = '';
let lastDay = Number.NaN;
let lastDate = '';

function formatSeconds(epochMs: number): string {
  const minute = Math.floor(epochMs / MINUTE_MS);
  if (minute !== lastMinute) {
    lastText = formatMinute(minute);
    lastMinute = minute;
  }
  return lastText + two(Math.floor((epochMs - minute * MINUTE_MS) / 1000));
}

/** `2026-11-21T05:08:` */
function formatMinute(minute: number): string {
  const day = Math.floor(minute / DAY_MINUTES);
  if (day !== lastDay) {
    const { year, month, day: ofMonth } = dateOfDays(day);
    lastDate = `${year}-${two(month)}-${two(ofMonth)}T`;
    lastDay = day;
  }
  const ofDay = minute - day * DAY_MINUTES;
  const hour = Math.floor(ofDay / 60);
  return `${lastDate}${two(hour)}:${two(ofDay - hour * 60)}:`;
}

/** As kubectl describe prints it (Go's RFC1123Z): `Sat, 21 Nov 2026 05:08:16 +0000`. */
export function formatRfc1123z(epochMs: number): string {
  const t = civilOf(epochMs);
  const date = `${WEEKDAYS[t.weekday]}, ${two(t.day)} ${MONTHS[t.month - 1]} ${t.year}`;
  return `${date} ${two(t.hour)}:${two(t.minute)}:${two(t.second)} +0000`;
}

const PATTERN = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

/**
 * Milliseconds since 1970-01-01 of an RFC 3339 text, fractions truncated to milliseconds; undefined if it is
 * none.
 */
export function parseRfc3339(text: string): number | undefined {
  if (text === lastParsed) return lastEpochMs;
  lastEpochMs = parse(text);
  lastParsed = text;
  return lastEpochMs;
}

// The same time is read several times over: of an object's creation, its changes and its conditions.
let lastParsed = '';
let lastEpochMs: number | undefined;

function parse(text: string): number | undefined {
  return parseCanonical(text) ?? parseAny(text);
}

/** `2026-11-21T05:08:16Z` and `2026-11-21T05:08:16.123000Z`, as all that is simulated writes them. */
function parseCanonical(text: string): number | undefined {
  const isMicro = text.length === 27 && text[19] === '.' && text.endsWith('000Z');
  if (!isMicro && !(text.length === 20 && text[19] === 'Z')) return undefined;
  const dayMs = dayMsOf(text);
  if (dayMs === undefined) return undefined;
  if (text[13] !== ':' || text[16] !== ':') return undefined;
  const [hour, minute, second] = [digitsAt(text, 11, 2), digitsAt(text, 14, 2), digitsAt(text, 17, 2)];
  const millisecond = isMicro ? digitsAt(text, 20, 3) : 0;
  // What has something else than digits in it is not a number.
  const time = dayMs + ((hour * 60 + minute) * 60 + second) * 1000 + millisecond;
  return hour <= 23 && minute <= 59 && second <= 60 && !Number.isNaN(time) ? time : undefined;
}

// What was there before a scenario began is older than its first day, and read beside what is new.
const daysParsed = new Map<number, number>();
const DAYS_MAX = 1000;

/** When the day begins of a time that begins as `2026-11-21T` does. */
function dayMsOf(text: string): number | undefined {
  if (text[4] !== '-' || text[7] !== '-' || text[10] !== 'T') return undefined;
  const day = digitsAt(text, 0, 4) * 10_000 + digitsAt(text, 5, 2) * 100 + digitsAt(text, 8, 2);
  const known = daysParsed.get(day);
  if (known !== undefined) return known;
  const parsed = parseAny(`${text.slice(0, 11)}00:00:00Z`);
  if (parsed === undefined) return undefined;
  if (daysParsed.size >= DAYS_MAX) daysParsed.clear();
  daysParsed.set(day, parsed);
  return parsed;
}

function digitsAt(text: string, place: number, count: number): number {
  let value = 0;
  for (let index = place; index < place + count; index++) {
    const digit = text.charCodeAt(index) - 48;
    value = digit >= 0 && digit <= 9 ? value * 10 + digit : Number.NaN;
  }
  return value;
}

function parseAny(text: string): number | undefined {
  const found = PATTERN.exec(text);
  if (!found) return undefined;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60)
    return undefined;
  const millisecond = Number((found[7] ?? '').slice(0, 3).padEnd(3, '0'));
  const offset = found[8] ? (Number(found[9]) * 60 + Number(found[10])) * 60_000 : 0;
  const local = epochMsOf({ year, month, day, hour, minute, second, millisecond });
  return found[8] === '-' ? local + offset : local - offset;
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

const TWO = Array.from({ length: 100 }, (_, value) => (value < 10 ? `0${value}` : String(value)));

function two(value: number): string {
  return TWO[value] ?? '';
}

// The two conversions follow the well-known era arithmetic: a year begins in March, so that the leap day is
// its last.
function dateOfDays(days: number): Pick<CivilTime, 'year' | 'month' | 'day'> {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

function daysOfDate(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
