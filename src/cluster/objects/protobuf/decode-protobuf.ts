import { formatRfc3339 } from '../../../kernel/time/rfc3339.ts';
import { encodeBytes, textOfUtf8 } from '../base64.ts';
import type { Json, JsonObject } from '../json.ts';
import { type FieldSchema, typeNamed, typeNameOfKind, type ValueType } from '../schema/read-schema-table.ts';
import { resourceForKind } from '../schema/resources.ts';
import { NUMBER_LINES } from './field-numbers.ts';
import { type Piece, readPieces, signedIn } from './read-pieces.ts';

/** How deep messages may lie in one another. */
const DEEPEST = 60;

/** What is said at the beginning of a body in protobuf (apimachinery: runtime/serializer/protobuf). */
const MAGIC = [0x6b, 0x38, 0x73, 0x00];

/**
 * An object as clients of Kubernetes send it in protobuf, as JSON would have it; undefined for what is none,
 * or of a kind whose numbers are not known.
 */
export function decodeProtobuf(bytes: Uint8Array): JsonObject | undefined {
  if (MAGIC.some((byte, place) => bytes[place] !== byte)) return undefined;
  const unknown = readPieces(bytes.subarray(MAGIC.length));
  const head = unknown && readPieces(contentOf(unknown, 1));
  if (!unknown || !head) return undefined;
  const [apiVersion, kind] = [textIn(contentOf(head, 1)), textIn(contentOf(head, 2))];
  const type = typeFor(apiVersion, kind);
  const object = type === undefined ? undefined : decodeMessage(contentOf(unknown, 2), type, 0);
  return object && { apiVersion, kind, ...object };
}

/** The options of a deletion are of one shape in every group. */
function typeFor(apiVersion: string, kind: string): string | undefined {
  if (kind === 'DeleteOptions') return 'meta.v1.DeleteOptions';
  const own = typeNameOfKind(apiVersion, kind);
  if (own !== undefined) return own;
  const now = FORMER[apiVersion] ?? resourceForKind(apiVersion, kind)?.apiVersion;
  return now === undefined ? undefined : typeNameOfKind(now, kind);
}

/** Kinds without a resource of their own have former versions too. */
const FORMER: Readonly<Record<string, string>> = { 'policy/v1beta1': 'policy/v1' };

function contentOf(pieces: readonly Piece[], number: number): Uint8Array {
  return pieces.findLast((piece) => piece.number === number)?.content ?? NOTHING;
}

const NOTHING = new Uint8Array();

function textIn(bytes: Uint8Array): string {
  return textOfUtf8([...bytes]);
}

function decodeMessage(bytes: Uint8Array, type: string, depth: number): JsonObject | undefined {
  const fields = numbersOf(type);
  const into: JsonObject = {};
  return fields && depth < DEEPEST && readInto(into, bytes, { fields, depth }) ? into : undefined;
}

interface Reading {
  readonly fields: Numbered;
  readonly depth: number;
}

/** False where the bytes are no message. */
function readInto(into: JsonObject, bytes: Uint8Array, { fields, depth }: Reading): boolean {
  const pieces = readPieces(bytes);
  if (pieces === undefined) return false;
  for (const piece of pieces) {
    const found = fields.get(piece.number);
    if (found === undefined) continue;
    if (found instanceof Map) {
      if (!readInto(into, piece.content, { fields: found, depth })) return false;
      continue;
    }
    const value = decodeInto(into[found.name], piece, found, depth + 1);
    if (value === undefined) return false;
    if (value !== null) into[found.name] = value;
  }
  return true;
}

/** The value of a field with one more piece of it; null says nothing, undefined is no such value. */
function decodeInto(
  before: Json | undefined,
  piece: Piece,
  { value, name }: FieldSchema,
  depth: number,
): Json | undefined {
  if (value.form === 'list') {
    const item = decodeValue(piece, value.of, name, depth);
    return item === undefined ? undefined : [...((before as Json[] | undefined) ?? []), item];
  }
  if (value.form !== 'map') return decodeValue(piece, value, name, depth);
  const pair = readPieces(piece.content);
  if (pair === undefined) return undefined;
  const key = textIn(contentOf(pair, 1));
  const held = pair.find(({ number }) => number === 2) ?? { number: 2, content: NOTHING };
  const member = decodeValue(held, value.of, name, depth);
  return member === undefined || key === '__proto__'
    ? undefined
    : { ...((before as JsonObject | undefined) ?? {}), [key]: member };
}

function decodeValue(piece: Piece, value: ValueType, name: string, depth: number): Json | undefined {
  switch (value.form) {
    case 'object':
      return decodeMessage(piece.content, value.type, depth);
    case 'any':
      return decodeAny(piece.content);
    case 'scalar':
      return decodeScalar(piece, value.scalar);
    case 'list': {
      // A list that is no field stands in a message of its own, as its `items`.
      const pieces = readPieces(piece.content);
      const items = pieces?.map((each) => decodeValue(each, value.of, name, depth));
      return items?.every((item) => item !== undefined) ? (items as Json[]) : undefined;
    }
    case 'map':
      return undefined;
  }
}

/** JSON in the first field of a message. */
function decodeAny(bytes: Uint8Array): Json | undefined {
  const pieces = readPieces(bytes);
  if (pieces === undefined) return undefined;
  const text = textIn(contentOf(pieces, 1));
  if (text === '') return null;
  if (text.includes('__proto__')) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

type Scalar = Extract<ValueType, { form: 'scalar' }>['scalar'];

function decodeScalar(piece: Piece, scalar: Scalar): Json | undefined {
  switch (scalar) {
    case 'string':
      return textIn(piece.content);
    case 'bytes':
      return encodeBytes([...piece.content]);
    case 'boolean':
      return piece.content.some((byte) => byte !== 0);
    case 'int32':
    case 'int64':
      return signedIn(piece.content);
    case 'double':
      return piece.content.length === 8 ? doubleIn(piece.content) : undefined;
    default:
      return decodeMade(piece.content, scalar);
  }
}

/** Scalars of JSON that are messages here. */
function decodeMade(bytes: Uint8Array, scalar: Scalar): Json | undefined {
  const pieces = readPieces(bytes);
  if (pieces === undefined) return undefined;
  const number = (place: number): number => signedIn(contentOf(pieces, place));
  if (scalar === 'quantity') return textIn(contentOf(pieces, 1)) || null;
  if (scalar === 'intorstring') return number(1) === 1 ? textIn(contentOf(pieces, 3)) : number(2);
  const [seconds, nanos] = [number(1), number(2)];
  if (seconds === 0 && nanos === 0) return null;
  const time = formatRfc3339(seconds * 1000);
  if (scalar === 'time') return time;
  return time.replace('Z', `.${String(Math.floor(nanos / 1000)).padStart(6, '0')}Z`);
}

function doubleIn(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0, true);
}

/** Fields by their numbers; an embedded struct has fields of its own. */
type Numbered = Map<number, FieldSchema | Numbered>;

// Both only remember what follows from the committed tables.
let lines: ReadonlyMap<string, readonly string[]> | undefined;
const numbered = new Map<string, Numbered>();

/**
 * A line of the table is a type of the package that `@` has named, then the numbers of its fields in the
 * order of the schema table: `-` for one that protobuf does not have, `2.1` for one that lies in an embedded
 * struct.
 */
function numbersOf(type: string): Numbered | undefined {
  const known = numbered.get(type);
  if (known !== undefined) return known;
  lines ??= readLines();
  const words = lines.get(type);
  const schema = typeNamed(type);
  if (words === undefined || schema === undefined) return undefined;
  const fields: Numbered = new Map();
  for (const [place, field] of [...schema.fields.values()].entries()) {
    const numbers = (words[place] ?? '-').split('.').map(Number);
    if (numbers.every((number) => Number.isInteger(number))) putAt(fields, numbers, field);
  }
  numbered.set(type, fields);
  return fields;
}

function putAt(fields: Numbered, [first = 0, ...rest]: readonly number[], field: FieldSchema): void {
  if (rest.length === 0) {
    fields.set(first, field);
    return;
  }
  const inner = fields.get(first);
  const within: Numbered = inner instanceof Map ? inner : new Map();
  fields.set(first, within);
  putAt(within, rest, field);
}

function readLines(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  let pkg = '';
  for (const line of NUMBER_LINES.split('\n')) {
    const [name = '', ...words] = line.split(' ');
    if (name.startsWith('@')) pkg = name.slice(1);
    else if (name !== '') found.set(`${pkg}.${name}`, words);
  }
  return found;
}

/** How many numbers the table has of a type; tests hold it against the schema table. */
export function numbersKnown(): ReadonlyMap<string, number> {
  lines ??= readLines();
  return new Map([...lines].map(([type, words]) => [type, words.length]));
}
