import { parseRfc3339 } from '../../../kernel/time/rfc3339.ts';
import { quantityProblem } from '../quantity.ts';
import type { Scalar } from '../schema/read-schema-table.ts';

/** Why a value cannot be decoded into a scalar of the API. */
export type ScalarProblem =
  /** JSON of another type, found by the decoder itself: it knows the field. */
  | { readonly found: string }
  /** Refused by the type's own decoder, whose words stand alone. */
  | { readonly refusal: string };

/**
 * What is wrong with a value for a scalar; undefined if nothing is. Null is nothing given, and always right.
 */
export function scalarProblem(value: unknown, scalar: Scalar): ScalarProblem | undefined {
  switch (scalar) {
    case 'string':
      return typeof value === 'string' ? undefined : { found: jsonTypeOf(value) };
    case 'boolean':
      return typeof value === 'boolean' ? undefined : { found: jsonTypeOf(value) };
    case 'double':
      return typeof value === 'number' ? undefined : { found: jsonTypeOf(value) };
    case 'int32':
      return integerProblem(value, 2 ** 31 - 1);
    case 'int64':
      return integerProblem(value, Number.MAX_SAFE_INTEGER);
    case 'bytes':
      return bytesProblem(value);
    case 'quantity':
      return refusal(quantityRefusal(value));
    case 'time':
      return refusal(timeRefusal(value, '2006-01-02T15:04:05Z07:00'));
    case 'microtime':
      return refusal(timeRefusal(value, '2006-01-02T15:04:05.000000Z07:00'));
    case 'intorstring':
      return typeof value === 'string' ? undefined : refusal(integerRefusal(value));
  }
}

/** The decoder's word for what stands in the JSON. */
export function jsonTypeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

function refusal(words: string | undefined): ScalarProblem | undefined {
  return words === undefined ? undefined : { refusal: words };
}

/** A number that does not fit is named with its digits: `number 1.5`. */
function integerProblem(value: unknown, max: number): ScalarProblem | undefined {
  if (typeof value !== 'number') return { found: jsonTypeOf(value) };
  const fits = Number.isInteger(value) && value <= max && value >= -max - 1;
  return fits ? undefined : { found: `number ${value}` };
}

function integerRefusal(value: unknown): string | undefined {
  const problem = integerProblem(value, 2 ** 31 - 1);
  if (problem === undefined || !('found' in problem)) return undefined;
  return `json: cannot unmarshal ${problem.found} into Go value of type int32`;
}

function quantityRefusal(value: unknown): string | undefined {
  return quantityProblem(
    typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value),
  );
}

function timeRefusal(value: unknown, layout: string): string | undefined {
  if (typeof value !== 'string') {
    return `json: cannot unmarshal ${jsonTypeOf(value)} into Go value of type string`;
  }
  if (parseRfc3339(value) !== undefined) return undefined;
  const { rest, expected } = whereTimeStopsMatching(value);
  const place = ` as "${layout}": cannot parse "${rest}" as "${expected}"`;
  const reason = expected === undefined ? `: ${firstOutOfRange(value)} out of range` : place;
  return `parsing time "${value}"${reason}`;
}

/**
 * The pieces of RFC 3339 in the order in which Go's `time.Parse` consumes them, under Go's names for them.
 */
const TIME_PIECES: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['2006', /^\d{4}/],
  ['-', /^-/],
  ['01', /^\d\d/],
  ['-', /^-/],
  ['02', /^\d\d/],
  ['T', /^T/],
  ['15', /^\d\d/],
  [':', /^:/],
  ['04', /^\d\d/],
  [':', /^:/],
  ['05', /^\d\d(?:\.\d+)?/],
  ['Z07:00', /^(?:Z|[+-]\d\d:\d\d)/],
];

/** Which part of a time that is written right cannot be: there is no thirteenth month. */
function firstOutOfRange(text: string): string {
  const [, month = 0, , hour = 0, minute = 0, second = 0] = text.split(/[-T:Z+]/).map(Number);
  if (month < 1 || month > 12) return 'month';
  if (hour > 23) return 'hour';
  if (minute > 59) return 'minute';
  return second > 59 ? 'second' : 'day';
}

function whereTimeStopsMatching(text: string): { readonly rest: string; readonly expected?: string } {
  let rest = text;
  for (const [expected, pattern] of TIME_PIECES) {
    const found = pattern.exec(rest);
    if (found === null) return { rest, expected };
    rest = rest.slice(found[0].length);
  }
  return { rest };
}

function bytesProblem(value: unknown): ScalarProblem | undefined {
  if (typeof value !== 'string') return { found: jsonTypeOf(value) };
  const text = value.replace(/[\r\n]/g, '');
  const firstIllegal = text.search(/[^A-Za-z0-9+/]/);
  const body = firstIllegal < 0 ? text.length : firstIllegal;
  const isPadded = /^={0,2}$/.test(text.slice(body)) && text.length % 4 === 0;
  return isPadded ? undefined : refusal(`illegal base64 data at input byte ${Math.min(body, text.length)}`);
}
