import { encodeGoJson } from '../../../../objects/go-json.ts';
import { isObject, type Json, sortedKeys } from '../../../../objects/json.ts';

/** As `-o json` prints: four blanks of indentation, keys sorted, and a line break at the end. */
export function printJson(value: Json): string {
  return `${indented(value, '\n')}\n`;
}

// Written by hand, because JSON.stringify puts keys that look like numbers first.
function indented(value: Json, lineBreak: string): string {
  const deeper = `${lineBreak}    `;
  if (Array.isArray(value) && value.length > 0) {
    return `[${value.map((item) => deeper + indented(item, deeper)).join(',')}${lineBreak}]`;
  }
  const keys = isObject(value) ? sortedKeys(value) : [];
  if (!isObject(value) || keys.length === 0) return encodeGoJson(value);
  const entries = keys.map((key) => `${deeper}${encodeGoJson(key)}: ${indented(value[key] ?? null, deeper)}`);
  return `{${entries.join(',')}${lineBreak}}`;
}
