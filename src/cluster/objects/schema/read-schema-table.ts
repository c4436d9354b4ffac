import { TYPE_LINES } from '../schema-table.ts';

/** What JSON may stand for a value of the API. Lists and maps hold one kind of value. */
export type ValueType =
  | { readonly form: 'scalar'; readonly scalar: Scalar }
  | { readonly form: 'list'; readonly of: ValueType }
  | { readonly form: 'map'; readonly of: ValueType }
  | { readonly form: 'object'; readonly type: string }
  /** Objects in it, alone or in a list, are of a type where one is named. */
  | { readonly form: 'any'; readonly ofObjects?: string };

export type Scalar = (typeof SCALARS)[number];

const SCALARS = [
  'string',
  'boolean',
  'int32',
  'int64',
  'double',
  'bytes',
  'quantity',
  'time',
  'microtime',
  'intorstring',
] as const;

export interface FieldSchema {
  readonly name: string;
  readonly value: ValueType;
  readonly isRequired: boolean;
  /** Of strategic merge patches: `merge`, `replace`, `retainKeys`. */
  readonly patchStrategies: readonly string[];
  /** The key by which a strategic merge patch finds the same element of a list. */
  readonly mergeKey?: string;
  readonly listType?: 'atomic' | 'set' | 'map';
  /** The keys that together name an element of a list of type `map`. */
  readonly listKeys: readonly string[];
  /** A map or object that server-side apply owns as a whole. */
  readonly isAtomic: boolean;
}

export interface TypeSchema {
  /** With its package: `core.v1.PodSpec`. */
  readonly name: string;
  readonly isAtomic: boolean;
  readonly fields: ReadonlyMap<string, FieldSchema>;
}

interface TypeLine {
  readonly pkg: string;
  readonly line: string;
}

// Both caches only remember what follows from the committed table, so they hold nothing that a replay could
// miss.
let lines: ReadonlyMap<string, TypeLine> | undefined;
const types = new Map<string, TypeSchema>();
const kinds = new Map<string, string>();

/** The schema of a type by its name with package; undefined for names that Kubernetes does not have. */
export function typeNamed(name: string): TypeSchema | undefined {
  const known = types.get(name);
  if (known !== undefined) return known;
  const found = typeLines().get(name);
  if (found === undefined) return undefined;
  const type = readType(name, found);
  types.set(name, type);
  return type;
}

/** The name of a top-level kind's type: `core.v1.Pod` of `v1` and `Pod`. */
export function typeNameOfKind(apiVersion: string, kind: string): string | undefined {
  typeLines();
  return kinds.get(`${apiVersion} ${kind}`);
}

/**
 * The table is lines. `@core.v1` opens a package. Each other line is a type, then its fields, with a space
 * between:
 *
 *   Pod*v1 apiVersion:string metadata:meta.v1.ObjectMeta spec:PodSpec
 *   ContainerPort containerPort!:int32 hostIP:string …
 *
 * `*v1` marks a kind and its apiVersion, `!` a required field. A value is a scalar, `any`, a type (of the
 * same package unless it says otherwise), or `[]` or `{}` (a list, a map) before one. `~` sets off the
 * attributes of a field.
 */
function typeLines(): ReadonlyMap<string, TypeLine> {
  if (lines !== undefined) return lines;
  const found = new Map<string, TypeLine>();
  let pkg = '';
  for (const line of TYPE_LINES.split('\n')) {
    if (line === '') continue;
    if (line.startsWith('@')) {
      pkg = line.slice(1);
      continue;
    }
    const { name, apiVersion } = readHead(line);
    found.set(`${pkg}.${name}`, { pkg, line });
    if (apiVersion !== undefined) kinds.set(`${apiVersion} ${name}`, `${pkg}.${name}`);
  }
  lines = found;
  return found;
}

interface Head {
  readonly name: string;
  readonly apiVersion?: string;
  readonly isAtomic: boolean;
}

function readHead(line: string): Head {
  const head = line.split(' ', 1)[0] ?? '';
  const isAtomic = head.endsWith('~atomic');
  const [name = '', apiVersion] = head.replace('~atomic', '').split('*');
  return { name, isAtomic, ...(apiVersion === undefined ? {} : { apiVersion }) };
}

/** A schema's parts that may be a schema, a list of some, or a boolean: OpenAPI says nothing of them. */
const SCHEMA = 'apiextensions.v1.JSONSchemaProps';
const SUBSCHEMAS: readonly string[] = ['additionalItems', 'additionalProperties', 'items'];

function readType(name: string, { pkg, line }: TypeLine): TypeSchema {
  const fields = new Map<string, FieldSchema>();
  for (const word of line.split(' ').slice(1)) {
    const field = readField(word, pkg);
    const isSchema = name === SCHEMA && SUBSCHEMAS.includes(field.name);
    fields.set(field.name, isSchema ? { ...field, value: { form: 'any', ofObjects: SCHEMA } } : field);
  }
  return { name, isAtomic: readHead(line).isAtomic, fields };
}

function readField(word: string, pkg: string): FieldSchema {
  const [declaration = '', ...attributes] = word.split('~');
  const colon = declaration.indexOf(':');
  const isRequired = declaration[colon - 1] === '!';
  const attribute = (name: string): string | undefined =>
    attributes.find((text) => text.startsWith(`${name}=`))?.slice(name.length + 1);
  const mergeKey = attribute('key');
  const listType = attribute('list');
  return {
    name: declaration.slice(0, isRequired ? colon - 1 : colon),
    value: readValueType(declaration.slice(colon + 1), pkg),
    isRequired,
    patchStrategies: attribute('patch')?.split(',') ?? [],
    listKeys:
      attribute('keys')?.split(',') ?? (listType === 'map' && mergeKey !== undefined ? [mergeKey] : []),
    isAtomic: attributes.includes('atomic'),
    ...(mergeKey === undefined ? {} : { mergeKey }),
    ...(listType === 'atomic' || listType === 'set' || listType === 'map' ? { listType } : {}),
  };
}

function readValueType(word: string, pkg: string): ValueType {
  if (word.startsWith('[]')) return { form: 'list', of: readValueType(word.slice(2), pkg) };
  if (word.startsWith('{}')) return { form: 'map', of: readValueType(word.slice(2), pkg) };
  if (word === 'any') return { form: 'any' };
  const scalar = SCALARS.find((name) => name === word);
  if (scalar !== undefined) return { form: 'scalar', scalar };
  return { form: 'object', type: word.includes('.') ? word : `${pkg}.${word}` };
}
