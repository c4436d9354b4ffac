import { isEqualJson, isObject, sortedKeys } from '../json.ts';
import type { JSONSchemaProps } from '../kubernetes.ts';
import {
  type FieldError,
  invalid,
  notSupported,
  required,
  tooLong,
  tooMany,
} from '../validation/field-error.ts';
import { formatProblem } from './formats.ts';
import { goPattern } from './go-pattern.ts';

type Schema = JSONSchemaProps;

/** What was found of a value, and how much of it was right: by that the best of several schemas is chosen. */
interface Result {
  readonly errors: FieldError[];
  matches: number;
}

/**
 * Where an object is not as its schema says, in the API server's words (kube-openapi: validation/validate).
 * Fields are looked at by name, of which Go keeps no order.
 */
export function validateSchema(value: unknown, schema: Schema, path = ''): readonly FieldError[] {
  return check(value, schema, path).errors;
}

function check(value: unknown, schema: Schema, path: string): Result {
  const result: Result = { errors: [], matches: 0 };
  checkType(value, schema, path, result);
  if (value === null || value === undefined) {
    checkEnum(value, schema, path, result);
    return result;
  }
  checkComposed(value, schema, path, result);
  if (typeof value === 'string') checkText(value, schema, path, result);
  if (typeof value === 'number') checkNumber(value, schema, path, result);
  if (Array.isArray(value)) checkList(value, schema, path, result);
  checkEnum(value, schema, path, result);
  if (isObject(value)) checkMembers(value, schema, path, result);
  if (result.errors.length === 0) result.matches++;
  return result;
}

function merge(into: Result, { errors, matches }: Result): void {
  into.errors.push(...errors);
  into.matches += matches;
}

/** A message of the validator names the place once more. */
function say(path: string, value: unknown, words: string, result: Result): void {
  result.errors.push(invalid(path, value, `${path} in body ${words}`));
}

function typesOf(schema: Schema): readonly string[] {
  if (schema['x-kubernetes-int-or-string']) return ['integer', 'string'];
  return schema.type === undefined || schema.type === '' ? [] : [schema.type];
}

/** The name of a value's JSON type. */
function typeOfValue(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value === 'object' ? 'object' : typeof value;
}

function checkType(value: unknown, schema: Schema, path: string, result: Result): void {
  const types = typesOf(schema);
  const found = typeOfValue(value);
  if (types.length === 0) return;
  if (found === 'null') {
    if (!schema.nullable) say(path, 'null', `must be of type ${types.join(',')}: "null"`, result);
    return;
  }
  if (types.includes(found) || (found === 'integer' && types.includes('number'))) {
    result.matches++;
    return;
  }
  // A format is what is looked at first, where there is one.
  const isOfText = !types.includes('number') && !types.includes('integer');
  if (schema.format && isOfText && (found === 'string' || found === 'array')) return;
  say(path, found, `must be of type ${types.join(',')}: "${found}"`, result);
}

function checkComposed(value: unknown, schema: Schema, path: string, result: Result): void {
  const { anyOf = [], oneOf = [], allOf = [], not } = schema;
  // These have no place of their own: the server prints that there is none.
  const sayOfAll = (words: string) => result.errors.push(invalid('<nil>', '', `"${path}" ${words}`));
  if (anyOf.length > 0) {
    const results = anyOf.map((each) => check(value, each, path));
    const valid = results.find(({ errors }) => errors.length === 0);
    if (valid === undefined) {
      sayOfAll('must validate at least one schema (anyOf)');
      merge(result, bestOf(results));
    } else merge(result, valid);
  }
  if (oneOf.length > 0) {
    const results = oneOf.map((each) => check(value, each, path));
    const valid = results.filter(({ errors }) => errors.length === 0);
    if (valid.length !== 1) {
      const found = valid.length === 0 ? 'Found none valid' : `Found ${valid.length} valid alternatives`;
      sayOfAll(`must validate one and only one schema (oneOf). ${found}`);
      if (valid.length === 0) merge(result, bestOf(results));
    }
  }
  const all = allOf.map((each) => check(value, each, path));
  for (const each of all) merge(result, each);
  const held = all.filter(({ errors }) => errors.length === 0).length;
  if (held < all.length) {
    sayOfAll(`must validate all the schemas (allOf)${held === 0 ? '. None validated' : ''}`);
  }
  if (not && check(value, not, path).errors.length === 0) sayOfAll('must not validate the schema (not)');
}

/** The first of those of which most was right. */
function bestOf(results: readonly Result[]): Result {
  const most = Math.max(...results.map(({ matches }) => matches));
  return results.find(({ matches }) => matches === most) ?? { errors: [], matches: 0 };
}

function checkText(value: string, schema: Schema, path: string, result: Result): void {
  const { maxLength, minLength, pattern, format } = schema;
  const length = [...value].length;
  if (maxLength !== undefined && length > maxLength) result.errors.push(tooLong(path, maxLength));
  if (minLength !== undefined && length < minLength) {
    say(path, value, `should be at least ${minLength} chars long`, result);
  }
  if (pattern !== undefined && goPattern(pattern)?.test(value) === false) {
    say(path, value, `should match '${pattern}'`, result);
  }
  const problem = format === undefined ? undefined : formatProblem(format, value);
  if (problem !== undefined) say(path, value, `must be of type ${format}: ${JSON.stringify(value)}`, result);
}

function checkNumber(value: number, schema: Schema, path: string, result: Result): void {
  const { maximum, minimum, multipleOf, exclusiveMaximum, exclusiveMinimum } = schema;
  if (multipleOf !== undefined && !Number.isInteger(value / multipleOf)) {
    say(path, value, `should be a multiple of ${multipleOf}`, result);
  }
  if (maximum !== undefined && (exclusiveMaximum ? value >= maximum : value > maximum)) {
    say(path, value, `should be less than ${exclusiveMaximum ? '' : 'or equal to '}${maximum}`, result);
  }
  if (minimum !== undefined && (exclusiveMinimum ? value <= minimum : value < minimum)) {
    say(path, value, `should be greater than ${exclusiveMinimum ? '' : 'or equal to '}${minimum}`, result);
  }
}

function checkList(value: readonly unknown[], schema: Schema, path: string, result: Result): void {
  const { items, maxItems, minItems, uniqueItems } = schema;
  if (isObject(items)) {
    for (const [index, item] of value.entries())
      merge(result, check(item, items as Schema, `${path}[${index}]`));
  }
  if (minItems !== undefined && value.length < minItems) {
    say(path, value.length, `should have at least ${minItems} items`, result);
  }
  if (maxItems !== undefined && value.length > maxItems) {
    result.errors.push(tooMany(path, value.length, maxItems));
  }
  const isTwice = (item: unknown, index: number) =>
    value.slice(0, index).some((other) => isEqualJson(other, item));
  if (uniqueItems && value.some(isTwice)) say(path, '', "shouldn't contain duplicates", result);
}

function checkEnum(value: unknown, schema: Schema, path: string, result: Result): void {
  const allowed = schema.enum;
  if (allowed === undefined || allowed.length === 0) return;
  if ((value === null || value === undefined) && schema.nullable) return;
  if (allowed.some((each) => isEqualJson(each, value))) return;
  const words = allowed.map((each) => (typeof each === 'string' ? each : JSON.stringify(each)));
  result.errors.push(notSupported(path, value ?? null, words));
}

function checkMembers(value: Record<string, unknown>, schema: Schema, path: string, result: Result): void {
  const { properties = {}, additionalProperties, required: needed = [] } = schema;
  const { minProperties, maxProperties } = schema;
  const keys = sortedKeys(value);
  if (minProperties !== undefined && keys.length < minProperties) {
    say(path, keys.length, `should have at least ${minProperties} properties`, result);
  }
  if (maxProperties !== undefined && keys.length > maxProperties) {
    result.errors.push(tooMany(path, keys.length, maxProperties));
  }
  for (const key of keys) {
    const own = properties[key];
    const at = path === '' ? key : `${path}.${key}`;
    if (own !== undefined) merge(result, check(value[key], own, at));
    else if (additionalProperties === false) {
      say(path, '', `${path}.${key} is a forbidden property`, result);
    } else if (isObject(additionalProperties)) {
      merge(result, check(value[key], additionalProperties as Schema, at));
    }
  }
  for (const key of needed) {
    if (!(key in value)) result.errors.push(required(path === '' ? key : `${path}.${key}`));
  }
}
