import { quoteGo } from '../go-json.ts';
import type { Json } from '../json.ts';
import { compareText } from '../json.ts';

/** A value as Go's `%#v` writes what its YAML parser made of it. */
export function goSyntax(value: Json): string {
  if (value === null) return 'interface {}(nil)';
  if (typeof value === 'string') return quoteGo(value);
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  const entries = Object.entries(value)
    .sort(([a], [b]) => compareText(a, b))
    .map(([key, inner]) => `${quoteGo(key)}:${goSyntax(inner)}`);
  return `map[interface {}]interface {}{${entries.join(', ')}}`;
}
