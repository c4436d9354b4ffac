import { type CivilTime, civilOf, epochMsOf } from '../../kernel/time/rfc3339.ts';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** `strftime` in the C locale and in UTC, which is what containers have unless someone changes it. */
export function formatDate(epochMs: number, format: string): string {
  return formatCivil({ ...civilOf(epochMs), epochMs }, format);
}

interface Moment extends CivilTime {
  readonly epochMs: number;
}

function formatCivil(time: Moment, format: string): string {
  return format.replace(
    /%([-_0]?)(:?)([A-Za-z%+])/g,
    (whole, flag: string, colon: string, letter: string) => {
      if (colon) return letter === 'z' ? '+00:00' : whole;
      const composed = COMPOSED[letter];
      const text = composed === undefined ? CONVERSIONS[letter]?.(time) : formatCivil(time, composed);
      if (text === undefined) return whole;
      if (flag === '-') return text.replace(/^[0 ]+(?=.)/, '');
      return flag === '_' ? text.replace(/^0+(?=.)/, (zeros) => ' '.repeat(zeros.length)) : text;
    },
  );
}

const two = (value: number): string => String(value).padStart(2, '0');
const spaced = (value: number): string => String(value).padStart(2);

const CONVERSIONS: Readonly<Record<string, (time: Moment) => string>> = {
  A: ({ weekday }) => DAYS[weekday] ?? '',
  a: ({ weekday }) => DAYS[weekday]?.slice(0, 3) ?? '',
  B: ({ month }) => MONTHS[month - 1] ?? '',
  b: ({ month }) => MONTHS[month - 1]?.slice(0, 3) ?? '',
  h: ({ month }) => MONTHS[month - 1]?.slice(0, 3) ?? '',
  C: ({ year }) => two(Math.floor(year / 100)),
  d: ({ day }) => two(day),
  e: ({ day }) => spaced(day),
  H: ({ hour }) => two(hour),
  I: ({ hour }) => two(hour % 12 || 12),
  j: ({ epochMs, year }) => String(dayOfYear(epochMs, year)).padStart(3, '0'),
  k: ({ hour }) => spaced(hour),
  l: ({ hour }) => spaced(hour % 12 || 12),
  M: ({ minute }) => two(minute),
  m: ({ month }) => two(month),
  N: ({ millisecond }) => `${String(millisecond).padStart(3, '0')}000000`,
  n: () => '\n',
  P: ({ hour }) => (hour < 12 ? 'am' : 'pm'),
  p: ({ hour }) => (hour < 12 ? 'AM' : 'PM'),
  S: ({ second }) => two(second),
  s: ({ epochMs }) => String(Math.floor(epochMs / 1000)),
  t: () => '\t',
  u: ({ weekday }) => String(weekday || 7),
  w: ({ weekday }) => String(weekday),
  Y: ({ year }) => String(year),
  y: ({ year }) => two(year % 100),
  Z: () => 'UTC',
  z: () => '+0000',
  '%': () => '%',
};

const COMPOSED: Readonly<Record<string, string>> = {
  c: '%a %b %e %H:%M:%S %Y',
  D: '%m/%d/%y',
  F: '%Y-%m-%d',
  R: '%H:%M',
  r: '%I:%M:%S %p',
  T: '%H:%M:%S',
  x: '%m/%d/%y',
  X: '%H:%M:%S',
};

function dayOfYear(epochMs: number, year: number): number {
  const first = epochMsOf({ year, month: 1, day: 1, hour: 0, minute: 0, second: 0, millisecond: 0 });
  return Math.floor((epochMs - first) / 86_400_000) + 1;
}
