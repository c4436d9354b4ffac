import { parseGoDuration } from '../../../kernel/time/go-duration.ts';
import { SECOND } from '../../../kernel/time/millis.ts';
import { quoteGo } from '../go-json.ts';

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
  const read = readSchedule(text);
  return 'problem' in read ? undefined : read;
}

/** A schedule, or why it is none, in the words of robfig/cron (parser.go). */
export function readSchedule(text: string): Schedule | { readonly problem: string } {
  if (text === '') return { problem: 'empty spec string' };
  const line = DESCRIPTORS[text] ?? text;
  if (line.startsWith('@')) return readDescriptor(line);
  const fields = line.split(/\s+/).filter((field) => field !== '');
  const found = `found ${fields.length}: [${fields.join(' ')}]`;
  if (fields.length !== FIELDS.length) return { problem: `expected exactly 5 fields, ${found}` };
  const sets: number[][] = [];
  for (const [index, field] of FIELDS.entries()) {
    const read = readField(fields[index] ?? '', field);
    if ('problem' in read) return read;
    sets.push([...read]);
  }
  const [minutes = [], hours = [], days = [], months = [], weekdays = []] = sets;
  const isEitherDay = !isAny(fields[2] ?? '') && !isAny(fields[4] ?? '');
  return { minutes, hours, days, months, weekdays, isEitherDay };
}

function readDescriptor(text: string): Schedule | { readonly problem: string } {
  const every = /^@every (.*)$/.exec(text)?.[1];
  if (every === undefined) return { problem: `unrecognized descriptor: ${text}` };
  const ms = parseGoDuration(every);
  if (ms === undefined)
    return { problem: `failed to parse duration ${text}: time: invalid duration ${quoteGo(every)}` };
  return { everyMs: Math.max(SECOND, Math.floor(ms / SECOND) * SECOND) };
}

/** `*` is any, and with a step of more than one it is not (robfig/cron: parser.go getRange). */
function isAny(text: string): boolean {
  return text.split(',').some((part) => /^[*?](\/1)?$/.test(part));
}

type Values = readonly number[] | { readonly problem: string };

function readField(text: string, field: Field): Values {
  const found = new Set<number>();
  for (const part of text.split(',')) {
    if (part === '') continue;
    const range = readRange(part, field);
    if ('problem' in range) return range;
    for (const value of range) found.add(value);
  }
  return [...found].sort((a, b) => a - b);
}

function readRange(text: string, field: Field): Values {
  const [range = '', stepText, ...slashes] = text.split('/');
  const [low = '', high, ...hyphens] = range.split('-');
  const isStar = low === '*' || low === '?';
  if (!isStar && hyphens.length > 0) return { problem: `too many hyphens: ${text}` };
  if (slashes.length > 0) return { problem: `too many slashes: ${text}` };
  const first = isStar ? field.min : numberOf(low, field);
  const step = stepText === undefined ? 1 : numberOf(stepText, { min: 0, max: 0 });
  // A single value with a step begins a range to the end.
  const toEnd = isStar || (high === undefined && stepText !== undefined);
  const last = toEnd ? field.max : high === undefined ? first : numberOf(high, field);
  for (const each of [first, last, step]) if (typeof each === 'object') return each;
  return valuesOf(text, field, { first: Number(first), last: Number(last), step: Number(step) });
}

interface Range {
  readonly first: number;
  readonly last: number;
  readonly step: number;
}

function valuesOf(text: string, { min, max }: Field, { first, last, step }: Range): Values {
  const beginning = `beginning of range (${first})`;
  if (first < min) return { problem: `${beginning} below minimum (${min}): ${text}` };
  if (last > max) return { problem: `end of range (${last}) above maximum (${max}): ${text}` };
  if (first > last) return { problem: `${beginning} beyond end of range (${last}): ${text}` };
  if (step === 0) return { problem: `step of range should be a positive number: ${text}` };
  const values: number[] = [];
  for (let value = first; value <= last; value += step) values.push(value);
  return values;
}

function numberOf(text: string, { names = [], min }: Field): number | { readonly problem: string } {
  const index = names.indexOf(text.toLowerCase());
  if (index >= 0) return index + min;
  if (/^[+]?\d+$/.test(text)) return Number(text);
  const why = `strconv.Atoi: parsing ${quoteGo(text)}: invalid syntax`;
  return { problem: `failed to parse int from ${text}: ${why}` };
}
