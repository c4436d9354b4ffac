import { derived } from '../derived.ts';
import { derivedOfEach } from '../derived-list.ts';
import { isEqualJson, isObject } from '../json.ts';
import type { KubeObject } from '../kube-object.ts';
import { canonicalQuantity } from '../quantity.ts';
import { inVersion, type KubeVersion, type Since } from '../versions.ts';
import { typeOfKind } from './find-field.ts';
import { type FieldSchema, type TypeSchema, typeNamed, type ValueType } from './read-schema-table.ts';
import { KEEPS_ZERO, WRITTEN_WHEN_EMPTY } from './zero-values.ts';

const TEMPLATES = [
  'core.v1.PodTemplateSpec',
  'batch.v1.JobTemplateSpec',
  'core.v1.PersistentVolumeClaim',
  'core.v1.PersistentVolumeClaimTemplate',
];

/** Until then, the metadata of a template showed that it has no time of creation (apimachinery: omitzero). */
const TEMPLATES_SHOW_CREATION: Since<boolean> = [
  [0, true],
  [34, false],
];

/**
 * What remains of an object after the API server has read and written it: nulls, unknown fields and values
 * that say nothing are gone, parts that are always there are there, quantities are canonical. A fresh copy,
 * free to be changed. Objects of kinds that Kubernetes does not have are copied as they are.
 */
export function normalizeObject<Kind extends KubeObject>(object: Kind, version: KubeVersion): Kind {
  const type = typeOfKind(object.apiVersion, object.kind);
  const copy = type === undefined ? copyJson(object) : normalizeMembers(object, type, version);
  return copy as Kind;
}

/** The same of a part, by its type's name: `meta.v1.ObjectMeta`. */
export function normalizeAs(part: object, typeName: string, version: KubeVersion): object {
  const type = typeNamed(typeName);
  return type === undefined ? part : normalizeMembers(part, type, version);
}

function normalizeMembers(object: object, type: TypeSchema, version: KubeVersion): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  const { isTemplate, keptZeros, writtenFields } = rulesOf(type);
  for (const key in object) {
    const field = type.fields.get(key);
    if (field === undefined) continue;
    const normalized = normalizeValue((object as Record<string, unknown>)[key], field.value, version);
    if (normalized === undefined) continue;
    if (saysSomething(normalized, field, keptZeros)) result[key] = normalized;
  }
  for (const [name, empty] of writtenFields) {
    if (result[name] === undefined) result[name] = emptyValue(empty, type.fields.get(name), version);
  }
  const metadata = result['metadata'];
  if (isTemplate && inVersion(TEMPLATES_SHOW_CREATION, version) && isObject(metadata)) {
    metadata['creationTimestamp'] ??= null;
  }
  return result;
}

/** Undefined for what is dropped. */
function normalizeValue(value: unknown, type: ValueType, version: KubeVersion): unknown {
  if (value === null || value === undefined) return undefined;
  switch (type.form) {
    case 'any':
      return type.ofObjects === undefined ? copyJson(value) : normalizeEither(value, type.ofObjects, version);
    case 'scalar':
      if (type.scalar !== 'quantity') return value;
      return typeof value === 'string' || typeof value === 'number' ? canonicalQuantity(value) : undefined;
    case 'list':
      if (!Array.isArray(value)) return undefined;
      return normalizeItems(value, type.of, version);
    case 'map':
      return isObject(value) ? normalizeEntries(value, type.of, version) : undefined;
    case 'object': {
      const schema = typeNamed(type.type);
      return isObject(value) && schema !== undefined ? normalizeMembers(value, schema, version) : undefined;
    }
  }
}

/** What is an object of some type, a list of such, or something else. */
function normalizeEither(value: unknown, type: string, version: KubeVersion): unknown {
  const schema = typeNamed(type);
  if (schema === undefined) return copyJson(value);
  if (Array.isArray(value)) return value.map((item) => normalizeEither(item, type, version));
  return isObject(value) ? normalizeMembers(value, schema, version) : copyJson(value);
}

function normalizeItems(items: readonly unknown[], type: ValueType, version: KubeVersion): unknown[] {
  if (type.form !== 'object') return items.map((item) => normalizeValue(item, type, version) ?? '');
  if (MANY.includes(type.type) && items.every(isObject)) return [...normalEach(type)(items)];
  return items.map((item) => normalizeValue(item, type, version) ?? {});
}

/**
 * Of these there are as many in a list as a service has pods, and nearly all are as they were. They read
 * alike in all versions, and nothing that comes after changes one in place: what is normal is handed on.
 */
const ANY_VERSION: KubeVersion = { minor: 0, patch: 0 };
const MANY = ['discovery.v1.Endpoint', 'core.v1.EndpointAddress'];

// By the field that they are in: the addresses that are ready are another list than those that are not.
const normalEach = derived((type: ValueType & { readonly form: 'object' }) =>
  derivedOfEach(
    derived((item: object): object => {
      const schema = typeNamed(type.type);
      const copy = schema === undefined ? item : normalizeMembers(item, schema, ANY_VERSION);
      return isEqualJson(copy, item) ? item : copy;
    }),
  ),
);

function normalizeEntries(map: Record<string, unknown>, type: ValueType, version: KubeVersion): object {
  const entries = Object.entries(map).map(
    ([key, value]) => [key, normalizeValue(value, type, version)] as const,
  );
  const nothing = (): unknown =>
    type.form === 'scalar' ? (NOTHINGS[type.scalar] ?? null) : type.form === 'object' ? {} : null;
  return Object.fromEntries(entries.map(([key, value]) => [key, value ?? nothing()]));
}

/** What an entry of a map says that is null. */
const NOTHINGS: Readonly<Record<string, string>> = { string: '', bytes: '', quantity: '0' };

/** Go leaves out empty lists and maps, and zeros that it does not hold by pointer. */
function saysSomething(value: unknown, field: FieldSchema, keptZeros: readonly string[]): boolean {
  if (field.isRequired || field.value.form === 'object' || field.value.form === 'any') return true;
  if (Array.isArray(value)) return value.length > 0;
  if (isObject(value)) return Object.keys(value).length > 0;
  return (value !== '' && value !== 0 && value !== false) || keptZeros.includes(field.name);
}

function emptyValue(empty: string, field: FieldSchema | undefined, version: KubeVersion): unknown {
  if (empty !== '{}') return JSON.parse(empty);
  const schema = field?.value.form === 'object' ? typeNamed(field.value.type) : undefined;
  return schema === undefined ? {} : normalizeMembers(zeroScalars(schema), schema, version);
}

/** A part that nobody gave still has its required texts and numbers, empty: a Node's `nodeInfo`. */
function zeroScalars(type: TypeSchema): Record<string, unknown> {
  const required = [...type.fields.values()].filter(
    ({ isRequired, value }) => isRequired && value.form === 'scalar',
  );
  return Object.fromEntries(required.map(({ name, value }) => [name, zeroOf(value)]));
}

function zeroOf(value: ValueType): string | number | boolean {
  if (value.form !== 'scalar') return '';
  if (value.scalar === 'boolean') return false;
  return value.scalar === 'int32' || value.scalar === 'int64' || value.scalar === 'double' ? 0 : '';
}

/** A copy that shares nothing with its original, keys without a value left out. */
function copyJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyJson);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries.map(([key, member]) => [key, copyJson(member)]));
}

/** What holds for the fields of a type beyond what their schema tells. */
interface TypeRules {
  readonly isTemplate: boolean;
  readonly keptZeros: readonly string[];
  readonly writtenFields: readonly (readonly [name: string, empty: string])[];
}

// Derived from the committed tables alone; see read-schema-table.ts.
const rulesOf = derived((type: TypeSchema): TypeRules => {
  zeros ??= { kept: readLines(KEEPS_ZERO), written: readLines(WRITTEN_WHEN_EMPTY) };
  return {
    isTemplate: TEMPLATES.includes(type.name),
    keptZeros: zeros.kept.get(type.name) ?? [],
    writtenFields: (zeros.written.get(type.name) ?? []).map((word) => word.split('=') as [string, string]),
  };
});
let zeros: Readonly<Record<'kept' | 'written', ReadonlyMap<string, readonly string[]>>> | undefined;

function readLines(text: string): ReadonlyMap<string, readonly string[]> {
  const lines = text.trim().replaceAll('\n  ', ' ').split('\n');
  return new Map(
    lines.map((line) => {
      const [type = '', ...words] = line.split(' ');
      return [type, words];
    }),
  );
}
