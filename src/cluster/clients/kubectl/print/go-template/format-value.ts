import { quoteGo } from '../../../../objects/go-json.ts';
import { isObject, type Json, sortedKeys } from '../../../../objects/json.ts';

/** A value as Go's `%v` prints what its JSON decoder made; undefined is a key that a map does not have. */
export function formatValue(value: Json | undefined): string {
  if (value === undefined || value === null) return '<no value>';
  return inside(value);
}

function inside(value: Json | undefined): string {
  if (value === undefined || value === null) return '<nil>';
  if (typeof value === 'number') return formatNumber(value);
  if (Array.isArray(value)) return `[${value.map(inside).join(' ')}]`;
  if (!isObject(value)) return String(value);
  const entries = sortedKeys(value as Record<string, Json>).map(
    (key) => `${key}:${inside((value as Record<string, Json>)[key])}`,
  );
  return `map[${entries.join(' ')}]`;
}

/**
 * Whole numbers are int64, others float64, which Go writes with an exponent from seven digits on (strconv:
 * %g).
 */
function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (Number.isInteger(value) || (size >= 1e-4 && size < 1e6)) return String(value);
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  const sign = exponent.startsWith('-') ? '-' : '+';
  return `${mantissa}e${sign}${exponent.slice(1).padStart(2, '0')}`;
}

/** Go's fmt.Sprintf, as far as templates of kubectl need it. */
export function sprintf(format: string, values: readonly (Json | undefined)[]): string {
  let used = 0;
  return format.replace(PLACE, (...found: readonly string[]) => {
    const [, flags = '', width = '', precision, verb = ''] = found;
    if (verb === '%') return '%';
    if (used >= values.length) return `%!${verb}(MISSING)`;
    const piece = formatVerb(verb, values[used], precision);
    used += 1;
    if (flags.includes('-')) return piece.padEnd(Number(width));
    return piece.padStart(Number(width), flags.includes('0') ? '0' : ' ');
  });
}

/** `%s`, `%-10s`, `%05d`, `%.2f`, `%%`. */
const PLACE = /%([-+ 0]*)(\d*)(?:\.(\d+))?([a-zA-Z%])/g;

function formatVerb(verb: string, value: Json | undefined, precision: string | undefined): string {
  if (verb === 'q') return quoteGo(inside(value));
  if (typeof value !== 'number') return inside(value);
  if (verb === 'f' && !Number.isInteger(value)) return value.toFixed(Number(precision ?? 6));
  if (verb === 's' || verb === 'f')
    return `%!${verb}(${Number.isInteger(value) ? 'int64' : 'float64'}=${formatNumber(value)})`;
  return formatNumber(value);
}
