import { utf8Length } from '../../../../objects/base64.ts';
import { isObject, type Json } from '../../../../objects/json.ts';
import { compareYamlKeys } from './compare-yaml-keys.ts';
import { formatYamlScalar } from './format-yaml-scalar.ts';

/**
 * As `-o yaml` prints: block style with two blanks a level, lists not indented below their key, keys sorted.
 * Mirrors the emitter of go-yaml v2, through which kubectl prints (sigs.k8s.io/yaml).
 */
export function printYaml(value: Json): string {
  return `${node(value, { column: 0, indent: -2, isAfterKey: false }).slice(1)}\n`;
}

/** The same line by line, and for each line the JSON pointer of the field that it begins, or goes on with. */
export function printYamlLines(value: Json): readonly YamlLine[] {
  const pointers: string[] = [];
  const mark = (pointer: string): string => {
    pointers.push(pointer);
    return MARK;
  };
  const text = node(value, { column: 0, indent: -2, isAfterKey: false, marking: { pointer: '', mark } });
  let begun = 0;
  let pointer = '';
  return text
    .slice(1)
    .split('\n')
    .map((line) => {
      const parts = line.split(MARK);
      // A text over several lines is one field; of fields that begin in one line, it is the first's.
      if (parts.length > 1) pointer = pointers[begun] ?? '';
      begun += parts.length - 1;
      return { text: parts.join(''), pointer };
    });
}

export interface YamlLine {
  readonly text: string;
  readonly pointer: string;
}

/** YAML holds no such character but in quotes, as `\0`. */
const MARK = '\0';

/** Where a node stands in the whole, and who is told where it begins in the text. */
interface Marking {
  readonly pointer: string;
  readonly mark: (pointer: string) => string;
}

interface Place {
  /** Where the node begins, after the key's colon or the list's dash. */
  readonly column: number;
  /** Of the map or list that holds the node. */
  readonly indent: number;
  /** After `key:`; lists then begin on a new line at the same indentation, maps on a new one further in. */
  readonly isAfterKey: boolean;
  readonly marking?: Marking | undefined;
}

/**
 * The text of a node from the end of what is in front of it, with the blank or the line break that it needs.
 */
function node(value: Json, place: Place): string {
  if (Array.isArray(value) && value.length > 0) return list(value, place);
  if (isObject(value) && Object.keys(value).length > 0) return map(value, place);
  const mark = place.isAfterKey ? '' : markOf(place.marking);
  if (typeof value === 'object' && value !== null) return ` ${mark}${Array.isArray(value) ? '[]' : '{}'}`;
  const look = { column: place.column + 1, indent: place.indent + 2, isKey: false };
  return ` ${mark}${formatYamlScalar(value, look)}`;
}

function list(items: readonly Json[], { indent, isAfterKey, marking }: Place): string {
  const own = isAfterKey ? indent : indent + 2;
  const lines = items.map((item, index) => {
    const place = { column: own + 1, indent: own, isAfterKey: false, marking: below(marking, index) };
    return `-${node(item, place)}`;
  });
  return startOf(isAfterKey) + lines.join(lineBreak(own)).replace(/^/, isAfterKey ? ' '.repeat(own) : '');
}

function map(entries: Readonly<Record<string, Json>>, { indent, isAfterKey, marking }: Place): string {
  const own = indent + 2;
  const lines = Object.keys(entries)
    .sort(compareYamlKeys)
    .map((key) => {
      const inner = below(marking, key);
      return markOf(inner) + entry(key, entries[key] ?? null, { indent: own, marking: inner });
    });
  return startOf(isAfterKey) + lines.join(lineBreak(own)).replace(/^/, isAfterKey ? ' '.repeat(own) : '');
}

/** Longest key, in bytes, that stands on a line with its value. */
const SIMPLE_KEY_BYTES = 128;

function entry(key: string, value: Json, { indent, marking }: Pick<Place, 'indent' | 'marking'>): string {
  const isSimple = utf8Length(key) <= SIMPLE_KEY_BYTES && !/[\n\r\u0085\u2028\u2029]/.test(key);
  if (!isSimple) {
    const shown = formatYamlScalar(key, { column: indent + 2, indent: indent + 2, isKey: false });
    const place = { column: indent + 1, indent, isAfterKey: false, marking };
    return `? ${shown}${lineBreak(indent)}:${node(value, place)}`;
  }
  const shown = formatYamlScalar(key, { column: indent, indent: indent + 2, isKey: true });
  const column = indent + [...shown].length + 1;
  return `${shown}:${node(value, { column, indent, isAfterKey: true, marking })}`;
}

function markOf(marking: Marking | undefined): string {
  return marking ? marking.mark(marking.pointer) : '';
}

function below(marking: Marking | undefined, step: string | number): Marking | undefined {
  if (!marking) return undefined;
  const name = typeof step === 'number' ? String(step) : step.replaceAll('~', '~0').replaceAll('/', '~1');
  return { ...marking, pointer: `${marking.pointer}/${name}` };
}

function startOf(isAfterKey: boolean): string {
  return isAfterKey ? '\n' : ' ';
}

function lineBreak(indent: number): string {
  return `\n${' '.repeat(indent)}`;
}
