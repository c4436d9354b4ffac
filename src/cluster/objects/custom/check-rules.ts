import { celValue, evaluate, expressionProblem } from '../cel/evaluate.ts';
import { isEqualJson, isObject, sortedKeys } from '../json.ts';
import type { JSONSchemaProps, ValidationRule } from '../kubernetes.ts';
import { duplicate, type FieldError, forbidden, invalid, required } from '../validation/field-error.ts';
import { schemaOfItems, schemaOfMember } from './walk-schema.ts';

type Schema = JSONSchemaProps;

/** The rules of a schema that a value breaks (apiextensions: schema/cel/validation.go). */
export function checkRules(value: unknown, old: unknown, schema: Schema): readonly FieldError[] {
  if (!hasRules(schema)) return [];
  const errors: FieldError[] = [];
  checkAt({ value, old }, schema, { path: '', errors });
  return errors;
}

// A schema is never changed in place.
const known = new WeakMap<Schema, boolean>();

/** Whether a schema has rules anywhere: nearly none has. */
export function hasRules(schema: Schema): boolean {
  let has = known.get(schema);
  if (has === undefined) {
    const { items, properties = {}, additionalProperties } = schema;
    const inside = [items, additionalProperties, ...Object.values(properties)].filter(isObject) as Schema[];
    has = (schema['x-kubernetes-validations']?.length ?? 0) > 0 || inside.some(hasRules);
    known.set(schema, has);
  }
  return has;
}

interface Pair {
  readonly value: unknown;
  /** What stood there before, where it can be told. */
  readonly old: unknown;
}

interface Place {
  readonly path: string;
  readonly errors: FieldError[];
}

function checkAt({ value, old }: Pair, schema: Schema, { path, errors }: Place): void {
  if (value === null || value === undefined || !hasRules(schema)) return;
  for (const rule of schema['x-kubernetes-validations'] ?? []) {
    const error = breaks(rule, { value, old }, schema, path);
    if (error) errors.push(error);
  }
  if (Array.isArray(value)) {
    const items = schemaOfItems(schema);
    if (!items) return;
    for (const [index, item] of value.entries())
      checkAt({ value: item, old: formerOf(item, old, schema) }, items, {
        errors,
        path: `${path}[${index}]`,
      });
  } else if (isObject(value)) {
    for (const key of sortedKeys(value)) {
      const member = schemaOfMember(schema, key);
      const before = isObject(old) ? old[key] : undefined;
      const at = path === '' ? key : `${path}.${key}`;
      if (member) checkAt({ value: value[key], old: before }, member, { errors, path: at });
    }
  }
}

/** Elements are the same where their keys are; of other lists nobody can tell. */
function formerOf(item: unknown, old: unknown, schema: Schema): unknown {
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  if (!Array.isArray(old) || schema['x-kubernetes-list-type'] !== 'map' || !isObject(item)) return undefined;
  return old.find((other) => isObject(other) && keys.every((key) => isEqualJson(other[key], item[key])));
}

function breaks(
  rule: ValidationRule,
  { value, old }: Pair,
  schema: Schema,
  path: string,
): FieldError | undefined {
  const isOfChange = /\boldSelf\b/.test(rule.rule);
  if (isOfChange && (old === undefined || old === null) && !rule.optionalOldSelf) return undefined;
  const self = selfOf(value, schema);
  const variables = isOfChange ? { self, oldSelf: selfOf(old, schema) } : { self };
  const { rule: expression, message, messageExpression, reason, fieldPath = '' } = rule;
  const place = path === '' ? '<nil>' : path;
  const judged = evaluate(expression, variables);
  if (!judged.ok) {
    const what = (message ?? expression).trim();
    const words =
      judged.why === 'no such overload'
        ? `'${judged.why}': call arguments did not match a supported operator, function or macro signature for rule: ${what}`
        : `${judged.why} evaluating rule: ${what}`;
    return invalid(place, schema.type ?? '', words);
  }
  if (judged.value === true) return undefined;
  const told = messageExpression === undefined ? undefined : evaluate(messageExpression, variables);
  const detail =
    told?.ok && typeof told.value === 'string' && told.value !== ''
      ? told.value
      : (message ?? '').trim() || `failed rule: ${expression.trim()}`;
  const at = fieldPath === '' ? place : `${path}${fieldPath}`.replace(/^\./, '');
  switch (reason) {
    case 'FieldValueForbidden':
      return forbidden(at, detail);
    case 'FieldValueRequired':
      return required(at, detail);
    case 'FieldValueDuplicate':
      return duplicate(at, value);
    default: {
      const isPart = schema.type === 'object' || schema.type === 'array';
      return isPart ? { type: 'FieldValueInvalid', field: at, detail } : invalid(at, value, detail);
    }
  }
}

/** A value as rules see it: numbers by their declared type, and names of fields as identifiers. */
function selfOf(value: unknown, schema: Schema): unknown {
  if (typeof value === 'number' && schema.type === 'number') return value;
  if (Array.isArray(value)) {
    const items = schemaOfItems(schema);
    return value.map((item) => (items ? selfOf(item, items) : celValue(item)));
  }
  if (!isObject(value)) return celValue(value);
  const entries = Object.entries(value).map(([key, member]) => {
    const own = schemaOfMember(schema, key);
    const name = schema.properties?.[key] ? escaped(key) : key;
    return [name, own ? selfOf(member, own) : celValue(member)];
  });
  return Object.fromEntries(entries);
}

const RESERVED =
  /^(?:true|false|null|in|as|break|const|continue|else|for|function|if|import|let|loop|package|namespace|return|var|void|while)$/;

/** apiserver: cel/escaping.go. */
function escaped(name: string): string {
  if (RESERVED.test(name)) return `__${name}__`;
  return name
    .replaceAll('__', '__underscores__')
    .replaceAll('.', '__dot__')
    .replaceAll('-', '__dash__')
    .replaceAll('/', '__slash__');
}

/** Rules of a schema that are no expressions. */
export function checkRuleSyntax(schema: Schema, at: string): readonly FieldError[] {
  return (schema['x-kubernetes-validations'] ?? []).flatMap((rule, index) => {
    const place = `${at}.x-kubernetes-validations[${index}]`;
    const problem = expressionProblem(rule.rule, ['self', 'oldSelf']);
    const ofMessage =
      rule.messageExpression === undefined
        ? undefined
        : expressionProblem(rule.messageExpression, ['self', 'oldSelf']);
    return [
      ...(problem === undefined ? [] : [invalid(`${place}.rule`, rule, problem)]),
      ...(ofMessage === undefined ? [] : [invalid(`${place}.messageExpression`, rule, ofMessage)]),
    ];
  });
}
