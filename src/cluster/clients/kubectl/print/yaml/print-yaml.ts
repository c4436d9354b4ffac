import { utf8Length } from '../../../../objects/base64.ts';
import { isObject, type Json } from '../../../../objects/json.ts';
import { compareYamlKeys } from './compare-yaml-keys.ts';
import { formatYamlScalar } from './format-yaml-scalar.ts';

/**
 * As `-o yaml` prints: block style with two blanks a level, lists not indented below their key, keys sorted.
 * Mirrors the emitter of go-yaml v2, through which kubectl prints (sigs.k8s.io/yaml).
 */
export function printYaml(value: Json): string {
  const place: Place = { column: 0, indent: -2, isAfterKey: false };
  return `${node(value, place).slice(1)}\n`;
}

interface Place {
  /** Where the node begins, after the key's colon or the list's dash. */
  readonly column: number;
  /** Of the map or list that holds the node. */
  readonly indent: number;
  /** After `key:`; lists then begin on a new line at the same indentation, maps on a new one further in. */
  readonly isAfterKey: boolean;
}

/**
 * The text of a node from the end of what is in front of it, with the blank or the line break that it needs.
 */
function node(value: Json, place: Place): string {
  if (Array.isArray(value)) return value.length === 0 ? ' []' : list(value, place);
  if (isObject(value)) return Object.keys(value).length === 0 ? ' {}' : map(value, place);
  return ` ${formatYamlScalar(value, { column: place.column + 1, indent: place.indent + 2, isKey: false })}`;
}

function list(items: readonly Json[], { indent, isAfterKey }: Place): string {
  const own = isAfterKey ? indent : indent + 2;
  const lines = items.map((item) => `-${node(item, { column: own + 1, indent: own, isAfterKey: false })}`);
  return startOf(isAfterKey) + lines.join(lineBreak(own)).replace(/^/, isAfterKey ? ' '.repeat(own) : '');
}

function map(entries: Readonly<Record<string, Json>>, { indent, isAfterKey }: Place): string {
  const own = indent + 2;
  const lines = Object.keys(entries)
    .sort(compareYamlKeys)
    .map((key) => entry(key, entries[key] ?? null, own));
  return startOf(isAfterKey) + lines.join(lineBreak(own)).replace(/^/, isAfterKey ? ' '.repeat(own) : '');
}

/** Longest key, in bytes, that stands on a line with its value. */
const SIMPLE_KEY_BYTES = 128;

function entry(key: string, value: Json, indent: number): string {
  const isSimple = utf8Length(key) <= SIMPLE_KEY_BYTES && !/[\n\r\u0085\u2028\u2029]/.test(key);
  if (!isSimple) {
    const shown = formatYamlScalar(key, { column: indent + 2, indent: indent + 2, isKey: false });
    return `? ${shown}${lineBreak(indent)}:${node(value, { column: indent + 1, indent, isAfterKey: false })}`;
  }
  const shown = formatYamlScalar(key, { column: indent, indent: indent + 2, isKey: true });
  return `${shown}:${node(value, { column: indent + [...shown].length + 1, indent, isAfterKey: true })}`;
}

function startOf(isAfterKey: boolean): string {
  return isAfterKey ? '\n' : ' ';
}

function lineBreak(indent: number): string {
  return `\n${' '.repeat(indent)}`;
}
