import { parseGoDuration } from '../../../kernel/time/go-duration.ts';
import { SECOND } from '../../../kernel/time/millis.ts';

/**
 * When something is to be done again and again: as robfig/cron reads five fields, or at a distance (`@every
 * 1h`).
 */
export type Schedule = FieldSchedule | { readonly everyMs: number };

export interface FieldSchedule {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: readonly number[];
  readonly months: readonly number[];
  readonly weekdays: readonly number[];
  /** Days of the month and of the week both count, unless one of the two is any: then the other decides. */
  readonly isEitherDay: boolean;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

interface Field {
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const FIELDS: readonly Field[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, names: MONTHS },
  { min: 0, max: 6, names: WEEKDAYS },
];

/** robfig/cron: parser.go parseDescriptor */
const DESCRIPTORS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

/** Undefined if it is none. A `TZ=` before it is cut off by whoever knows zones. */
export function parseSchedule(text: string): Schedule | undefined {
  const every = /^@every (.+)$/.exec(text)?.[1];
  if (every !== undefined) {
    const ms = parseGoDuration(every);
    return ms === undefined ? undefined : { everyMs: Math.max(SECOND, Math.floor(ms / SECOND) * SECOND) };
  }
  const fields = (DESCRIPTORS[text] ?? text).trim().split(/\s+/);
  if (fields.length !== FIELDS.length) return undefined;
  const sets = FIELDS.map((field, index) => parseField(fields[index] ?? '', field));
  const [minutes, hours, days, months, weekdays] = sets;
  if (!minutes || !hours || !days || !months || !weekdays) return undefined;
  const isEitherDay = !isAny(fields[2] ?? '') && !isAny(fields[4] ?? '');
  return { minutes, hours, days, months, weekdays, isEitherDay };
}

/** `*` is any, and with a step of more than one it is not (robfig/cron: parser.go getRange). */
function isAny(text: string): boolean {
  return text.split(',').some((part) => /^[*?](\/1)?$/.test(part));
}

function parseField(text: string, field: Field): readonly number[] | undefined {
  const found = new Set<number>();
  for (const part of text.split(',')) {
    const range = parseRange(part, field);
    if (!range) return undefined;
    for (const value of range) found.add(value);
  }
  return [...found].sort((a, b) => a - b);
}

function parseRange(text: string, field: Field): readonly number[] | undefined {
  const [, range = '', stepText] = /^([^/]+)(?:\/(\d+))?$/.exec(text) ?? [];
  const step = stepText === undefined ? 1 : Number(stepText);
  const [low = '', high, ...rest] = range.split('-');
  if (step === 0 || rest.length > 0) return undefined;
  const isStar = low === '*' || low === '?';
  if (isStar && high !== undefined) return undefined;
  const first = isStar ? field.min : numberOf(low, field);
  // A single value with a step begins a range to the end.
  const toEnd = isStar || (high === undefined && stepText !== undefined);
  const last = toEnd ? field.max : high === undefined ? first : numberOf(high, field);
  if (first === undefined || last === undefined || first < field.min || last > field.max || first > last)
    return undefined;
  const values: number[] = [];
  for (let value = first; value <= last; value += step) values.push(value);
  return values;
}

function numberOf(text: string, { names = [], min }: Field): number | undefined {
  const index = names.indexOf(text.toLowerCase());
  if (index >= 0) return index + min;
  return /^\d+$/.test(text) ? Number(text) : undefined;
}
