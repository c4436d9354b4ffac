import { civilOf, epochMsOf } from '../../../../kernel/time/rfc3339.ts';

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
  return format.replace(
    /%([-_0]?)(:?)([A-Za-z%+])/g,
    (whole, flag: string, colon: string, letter: string) => {
      if (colon) return letter === 'z' ? '+00:00' : whole;
      const text = conversion(epochMs, letter);
      if (text === undefined) return whole;
      if (flag === '-') return text.replace(/^[0 ]+(?=.)/, '');
      return flag === '_' ? text.replace(/^0+(?=.)/, (zeros) => ' '.repeat(zeros.length)) : text;
    },
  );
}

function conversion(epochMs: number, letter: string): string | undefined {
  const whole = COMPOSED[letter];
  if (whole !== undefined) return formatDate(epochMs, whole);
  const t = civilOf(epochMs);
  const day = DAYS[t.weekday] ?? '';
  const month = MONTHS[t.month - 1] ?? '';
  const texts: Readonly<Record<string, string>> = {
    A: day,
    a: day.slice(0, 3),
    B: month,
    b: month.slice(0, 3),
    h: month.slice(0, 3),
    C: two(Math.floor(t.year / 100)),
    d: two(t.day),
    e: String(t.day).padStart(2),
    H: two(t.hour),
    I: two(t.hour % 12 || 12),
    j: String(dayOfYear(epochMs, t.year)).padStart(3, '0'),
    k: String(t.hour).padStart(2),
    l: String(t.hour % 12 || 12).padStart(2),
    M: two(t.minute),
    m: two(t.month),
    N: `${String(t.millisecond).padStart(3, '0')}000000`,
    n: '\n',
    P: t.hour < 12 ? 'am' : 'pm',
    p: t.hour < 12 ? 'AM' : 'PM',
    S: two(t.second),
    s: String(Math.floor(epochMs / 1000)),
    t: '\t',
    u: String(t.weekday || 7),
    w: String(t.weekday),
    Y: String(t.year),
    y: two(t.year % 100),
    Z: 'UTC',
    z: '+0000',
    '%': '%',
  };
  return texts[letter];
}

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

const two = (value: number): string => String(value).padStart(2, '0');

function dayOfYear(epochMs: number, year: number): number {
  const first = epochMsOf({ year, month: 1, day: 1, hour: 0, minute: 0, second: 0, millisecond: 0 });
  return Math.floor((epochMs - first) / 86_400_000) + 1;
}
