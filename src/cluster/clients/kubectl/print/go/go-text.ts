import { quoteGo } from '../../../../objects/go-json.ts';
import { isObject, type Json, sortedKeys } from '../../../../objects/json.ts';

// How Go's fmt prints what kubectl has decoded from JSON: map[string]interface{}, []interface{}, int64,
// float64, …

/** As `%v`: `map[a:1 b:[x y]]`, `<nil>`. */
export function goText(value: Json): string {
  if (value === null) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (isObject(value)) {
    return `map[${sortedKeys(value)
      .map((key) => `${key}:${goText(value[key] ?? null)}`)
      .join(' ')}]`;
  }
  return typeof value === 'number' ? goNumber(value) : String(value);
}

/** As `%#v`: `map[string]interface {}{"a":1}`. */
export function goSyntax(value: Json): string {
  if (value === null) return 'interface {}(nil)';
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  if (isObject(value)) {
    const entries = sortedKeys(value).map((key) => `${quoteGo(key)}:${goSyntax(value[key] ?? null)}`);
    return `map[string]interface {}{${entries.join(', ')}}`;
  }
  return typeof value === 'string' ? quoteGo(value) : goText(value);
}

/** As `%T`. */
export function goType(value: Json): string {
  if (value === null) return '<nil>';
  if (Array.isArray(value)) return '[]interface {}';
  if (isObject(value)) return 'map[string]interface {}';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  return typeof value === 'boolean' ? 'bool' : 'string';
}

/** As `%v` of a float64, which turns to an exponent only at 21 digits, or below 0.0001. */
function goNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return String(value);
  const [mantissa = '', exponent] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 21) return value.toFixed(Math.max(0, significantDecimals(mantissa) - power));
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

function significantDecimals(mantissa: string): number {
  return mantissa.split('.')[1]?.length ?? 0;
}
