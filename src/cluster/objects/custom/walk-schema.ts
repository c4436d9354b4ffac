import { isObject, type JsonObject, sortedKeys } from '../json.ts';
import type { JSONSchemaProps } from '../kubernetes.ts';
import type { ShapeProblem } from '../shape/check-shape.ts';

type Schema = JSONSchemaProps;
type Path = readonly (string | number)[];

/** What of an object's top level is not the schema's business. */
const OWN = ['apiVersion', 'kind', 'metadata'];

/** The schema of an element, whatever its place; undefined where nothing is said of it. */
export function schemaOfItems({ items }: Schema): Schema | undefined {
  return isObject(items) ? (items as Schema) : undefined;
}

/** The schema of a member; undefined for one that is not declared. */
export function schemaOfMember(schema: Schema, key: string): Schema | undefined {
  const own = schema.properties?.[key];
  if (own !== undefined) return own;
  const { additionalProperties } = schema;
  return isObject(additionalProperties) ? (additionalProperties as Schema) : undefined;
}

function keepsAll(schema: Schema): boolean {
  return schema['x-kubernetes-preserve-unknown-fields'] === true || schema.additionalProperties === true;
}

/**
 * Fields that a schema does not declare are taken off, and told (apiextensions: schema/pruning/algorithm.go).
 */
export function pruneUnknown(object: object, schema: Schema): readonly ShapeProblem[] {
  const problems: ShapeProblem[] = [];
  pruneMembers(object as Record<string, unknown>, schema, { path: [], isObjectItself: true, problems });
  return problems;
}

interface Pruning {
  readonly path: Path;
  /** At an object of its own, the outermost one or one that is embedded. */
  readonly isObjectItself: boolean;
  readonly problems: ShapeProblem[];
}

function prune(value: unknown, schema: Schema, pruning: Pruning): void {
  if (Array.isArray(value)) {
    const items = schemaOfItems(schema) ?? { 'x-kubernetes-preserve-unknown-fields': keepsAll(schema) };
    for (const [index, item] of value.entries())
      prune(item, items, { ...pruning, isObjectItself: false, path: [...pruning.path, index] });
  } else if (isObject(value)) {
    const isObjectItself = schema['x-kubernetes-embedded-resource'] === true;
    pruneMembers(value, schema, { ...pruning, isObjectItself });
  }
}

function pruneMembers(object: Record<string, unknown>, schema: Schema, pruning: Pruning): void {
  for (const key of sortedKeys(object)) {
    const path = [...pruning.path, key];
    if (pruning.isObjectItself && OWN.includes(key)) continue;
    const member = schemaOfMember(schema, key);
    if (member !== undefined) prune(object[key], member, { ...pruning, path });
    else if (!keepsAll(schema)) {
      delete object[key];
      pruning.problems.push({ code: 'unknownField', path, message: `unknown field "${textOf(path)}"` });
    }
  }
}

function textOf(path: Path): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  );
}

/**
 * A field that is null where it may not be is taken as left out; in lists it stays (apiextensions:
 * schema/defaulting/prunenulls.go).
 */
export function pruneNulls(value: unknown, schema: Schema): void {
  if (Array.isArray(value)) {
    const items = schemaOfItems(schema);
    if (items) for (const item of value) pruneNulls(item, items);
    return;
  }
  if (!isObject(value)) return;
  for (const [key, member] of Object.entries(value)) {
    const of = schemaOfMember(schema, key);
    if (of === undefined) continue;
    if (member === null && !of.nullable && of.default === undefined) delete value[key];
    else pruneNulls(member, of);
  }
}

/** Fields that are left out get what the schema says (apiextensions: schema/defaulting/algorithm.go). */
export function applySchemaDefaults(value: unknown, schema: Schema): void {
  if (Array.isArray(value)) {
    const items = schemaOfItems(schema);
    for (const [index, item] of value.entries()) {
      if (items?.default !== undefined && item === null && !items.nullable)
        value[index] = copy(items.default);
      if (items) applySchemaDefaults(value[index], items);
    }
    return;
  }
  if (!isObject(value)) return;
  for (const [key, member] of Object.entries(schema.properties ?? {})) {
    const isMissing = value[key] === undefined || (value[key] === null && !member.nullable);
    if (member.default !== undefined && isMissing) value[key] = copy(member.default);
    applySchemaDefaults(value[key], member);
  }
  const { additionalProperties } = schema;
  if (!isObject(additionalProperties)) return;
  for (const key of Object.keys(value)) {
    if (schema.properties?.[key] === undefined)
      applySchemaDefaults(value[key], additionalProperties as Schema);
  }
}

function copy(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** The value at a simple path of fields: `.spec.replicas`. */
export function valueAtPath(object: unknown, path: string): unknown {
  return stepsOf(path).reduce<unknown>((value, step) => (isObject(value) ? value[step] : undefined), object);
}

/** A copy with another value at a simple path of fields. */
export function withValueAt<Of extends object>(object: Of, path: string, value: unknown): Of {
  const put = (at: JsonObject, [step = '', ...rest]: readonly string[]): JsonObject => ({
    ...at,
    [step]: (rest.length === 0
      ? value
      : put(isObject(at[step]) ? (at[step] as JsonObject) : {}, rest)) as JsonObject,
  });
  return put(object as JsonObject, stepsOf(path)) as Of;
}

function stepsOf(path: string): readonly string[] {
  return path.replace(/^\./, '').split('.');
}
