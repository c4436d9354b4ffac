import { isObject, type Json, type JsonObject } from '../../cluster/objects/json.ts';
import { typeOfKind } from '../../cluster/objects/schema/find-field.ts';
import { type Scalar, typeNamed, type ValueType } from '../../cluster/objects/schema/read-schema-table.ts';
import { type Resource, resourceForKind, resourceOf } from '../../cluster/objects/schema/resources.ts';
import { nearMiss } from '../../cluster/objects/shape/near-miss.ts';
import { difference, hasOrder } from '../matching/compare.ts';
import { isOperators, type Operator } from '../matching/operators.ts';
import { regularExpressionProblem } from '../matching/regular-expression.ts';
import type { Report } from './report.ts';
import type { Path } from './span-at.ts';

/** The resource that holds objects of a pattern's kind; reported and undefined if there is none. */
export function resourceOfPattern(
  pattern: JsonObject,
  known: readonly Resource[],
  { path, report }: PatternContext,
): Resource | undefined {
  const kind = String(pattern['kind']);
  const apiVersion = pattern['apiVersion'];
  const found =
    typeof apiVersion === 'string'
      ? resourceForKind(apiVersion, kind, known)
      : known.find((resource) => resource.kind === kind);
  if (found) return found;
  const elsewhere = known.find((resource) => resource.kind === kind);
  const meant =
    resourceOf(kind, known)?.kind ??
    nearMiss(
      kind,
      known.map((resource) => resource.kind),
    );
  const hint = elsewhere
    ? `${kind} is in apiVersion "${elsewhere.apiVersion}"`
    : meant && `did you mean "${meant}"?`;
  report('unknown-kind', [...path, elsewhere ? 'apiVersion' : 'kind'], {
    message: elsewhere ? `"${apiVersion}" has no kind "${kind}"` : `there is no kind "${kind}"`,
    ...(hint === undefined ? {} : { hint }),
  });
  return undefined;
}

/** Reports what in a pattern no object of the resource could ever match. */
export function checkPattern(pattern: JsonObject, resource: Resource, context: PatternContext): void {
  const type = typeOfKind(resource.apiVersion, resource.kind);
  if (type) checkValue(pattern, { form: 'object', type: type.name }, context);
  const { metadata } = pattern;
  if (!resource.isNamespaced && isObject(metadata) && 'namespace' in metadata) {
    context.report('matches-nothing', [...context.path, 'metadata', 'namespace'], {
      message: `${resource.kind} objects are in no namespace`,
      hint: 'leave it out',
      aim: 'key',
    });
  }
}

export interface PatternContext {
  readonly path: Path;
  readonly report: Report;
}

/** Reports regular expressions that are none, anywhere in a value. */
export function checkOperators(value: Json, { path, report }: PatternContext): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    const place = [...path, Array.isArray(value) ? Number(key) : key];
    if (key === 'matches' && typeof member === 'string')
      checkRegularExpression(member, { path: place, report });
    else if (key === 'between') checkEnds(member, { path: place, report });
    else checkOperators(member, { path: place, report });
  }
}

/** Between more and less there is nothing. */
function checkEnds(ends: Json, { path, report }: PatternContext): void {
  const [low, high] = Array.isArray(ends) ? ends : [];
  if ((difference(low, high) ?? 0) <= 0) return;
  report('wrong-value', path, {
    message: 'nothing is between these: the first is more than the second',
    hint: 'write the least first',
  });
}

export function checkRegularExpression(text: string, { path, report }: PatternContext): void {
  const problem = regularExpressionProblem(text);
  if (problem === undefined) return;
  report('bad-pattern', path, { message: `this is no regular expression: ${problem}` });
}

function checkValue(pattern: Json, expected: ValueType, context: PatternContext): void {
  if (expected.form === 'any' || pattern === null) return;
  if (isOperators(pattern, expected.form === 'object' || expected.form === 'map' ? {} : undefined)) {
    checkOperatorValues(pattern, expected, context);
    return;
  }
  switch (expected.form) {
    case 'scalar':
      checkScalar(pattern, expected.scalar, context);
      return;
    case 'list':
      checkElements(pattern, expected.of, context);
      return;
    default:
      checkMembers(pattern, expected, context);
  }
}

function checkElements(pattern: Json, of: ValueType, context: PatternContext): void {
  if (!Array.isArray(pattern)) {
    tellType('a list', 'write the elements that it must hold', context);
    return;
  }
  for (const [index, element] of pattern.entries()) {
    checkValue(element, of, { ...context, path: [...context.path, index] });
  }
}

function checkMembers(
  pattern: Json,
  expected: Extract<ValueType, { form: 'map' | 'object' }>,
  context: PatternContext,
): void {
  if (!isObject(pattern)) {
    tellType('an object', 'write the fields that it must have', context);
    return;
  }
  const fields = expected.form === 'object' ? typeNamed(expected.type)?.fields : undefined;
  for (const [key, value] of Object.entries(pattern as JsonObject)) {
    const path = [...context.path, key];
    const field = fields?.get(key);
    if (expected.form === 'map') checkValue(value, expected.of, { ...context, path });
    else if (field) checkValue(value, field.value, { ...context, path });
    else if (fields) {
      const near = nearMiss(key, fields.keys());
      context.report('unknown-field', path, {
        message: `no such object has a field "${key}" here, so this can never match`,
        hint:
          near === undefined ? `fields here: ${[...fields.keys()].join(', ')}` : `did you mean "${near}"?`,
        aim: 'key',
      });
    }
  }
}

/** What stands under an operator: a value like the field's own, elements of it, or a number. */
function checkOperatorValues(operators: JsonObject, expected: ValueType, context: PatternContext): void {
  for (const [key, operand] of Object.entries(operators)) {
    const at = { ...context, path: [...context.path, key] };
    switch (key as Operator) {
      case 'not':
      case 'equals':
        checkValue(operand, expected, at);
        break;
      case 'oneOf':
        if (!Array.isArray(operand)) tellType('a list', 'write the values of which it may be one', at);
        break;
      case 'absent':
        if (typeof operand !== 'boolean') tellType('true or false', 'write true', at);
        break;
      case 'gt':
      case 'gte':
      case 'lt':
      case 'lte':
        checkOrdered(operand, at);
        break;
      case 'between':
        if (!Array.isArray(operand) || operand.length !== 2)
          tellType('a list of two', 'write the least and the most: [1, 3]', at);
        else
          for (const [index, end] of operand.entries())
            checkOrdered(end, { ...at, path: [...at.path, index] });
        break;
      case 'count':
        if (expected.form !== 'list') tellType('the count of a list', 'this field is no list', at);
        break;
      case 'matches':
        if (typeof operand !== 'string') tellType('a regular expression', 'put it in quotes', at);
        break;
      default:
        break;
    }
  }
}

function checkOrdered(operand: Json, context: PatternContext): void {
  if (hasOrder(operand) || (typeof operand === 'string' && operand.includes('${'))) return;
  tellType('a number', 'numbers, quantities, times and durations alone have an order', context);
}

const NUMBERS: readonly Scalar[] = ['int32', 'int64', 'double'];

/** An object in the store holds what the API gives back, so a quantity or a time is a text in it. */
function checkScalar(pattern: Json, scalar: Scalar, context: PatternContext): void {
  const type = typeof pattern;
  if (scalar === 'intorstring') {
    if (type !== 'string' && type !== 'number') tellType('a number or a text', 'write one value', context);
  } else if (scalar === 'boolean') {
    if (type !== 'boolean') tellType('true or false', 'write it without quotes', context);
  } else if (NUMBERS.includes(scalar)) {
    if (type !== 'number') tellType('a number', 'write it without quotes', context);
  } else if (type !== 'string') {
    const hint = type === 'object' ? 'this field is a text' : `put it in quotes: "${String(pattern)}"`;
    tellType('a text', hint, context);
  }
}

function tellType(wanted: string, hint: string, { path, report }: PatternContext): void {
  report('wrong-type', path, { message: `wanted ${wanted}: anything else can never match here`, hint });
}
