import { isEqualJson, isObject, sortedKeys } from '../json.ts';
import type { JSONSchemaProps } from '../kubernetes.ts';
import { type FieldError, forbidden, invalid, required } from '../validation/field-error.ts';
import { checkRuleSyntax } from './check-rules.ts';
import { goPattern } from './go-pattern.ts';

type Schema = JSONSchemaProps;
type Level = 'root' | 'item' | 'field';

const AT_LEVEL: Readonly<Record<Level, string>> = {
  root: 'must not be empty at the root',
  item: 'must not be empty for specified array items',
  field: 'must not be empty for specified object fields',
};

/** Where a schema is not structural (apiextensions: schema/validation.go, schema/convert.go). */
export function checkStructural(schema: Schema, at: string): readonly FieldError[] {
  const errors: FieldError[] = [];
  checkAt(schema, { at, level: 'root', errors });
  return errors;
}

interface Place {
  readonly at: string;
  readonly level: Level;
  readonly errors: FieldError[];
}

function checkAt(schema: Schema, place: Place): void {
  const { at, level, errors } = place;
  const { items, properties = {}, additionalProperties, type = '' } = schema;
  if (type === 'array' && items === undefined) errors.push(required(`${at}.items`, 'must be specified'));
  if (Array.isArray(items)) {
    errors.push(forbidden(`${at}.items`, 'items must be a schema object and not an array'));
  } else if (items) checkAt(items, { errors, level: 'item', at: `${at}.items` });
  for (const key of sortedKeys(properties)) {
    checkAt(properties[key] as Schema, { errors, level: 'field', at: `${at}.properties[${key}]` });
  }
  if (additionalProperties !== undefined) {
    if (level === 'root')
      errors.push(forbidden(`${at}.additionalProperties`, 'must not be used at the root'));
    if (Object.keys(properties).length > 0) {
      errors.push(
        forbidden(`${at}.additionalProperties`, 'additionalProperties and properties are mutual exclusive'),
      );
    }
    if (isObject(additionalProperties)) {
      const inside = { errors, level: 'field', at: `${at}.additionalProperties` } as const;
      checkAt(additionalProperties as Schema, inside);
    }
  }
  checkKeywords(schema, place);
  errors.push(...checkRuleSyntax(schema, at));
  checkOwnType(schema, place);
  checkComposed(schema, place);
}

function checkKeywords(schema: Schema, { at, errors }: Place): void {
  const { uniqueItems, pattern, $ref: ref, definitions, dependencies, patternProperties } = schema;
  if (uniqueItems)
    errors.push(
      forbidden(
        `${at}.uniqueItems`,
        'uniqueItems cannot be set to true since the runtime complexity becomes quadratic',
      ),
    );
  for (const [name, value] of Object.entries({ ref, definitions, dependencies, patternProperties })) {
    const field = name === 'ref' ? '$ref' : name;
    if (value !== undefined) errors.push(forbidden(`${at}.${field}`, `${field} is not supported`));
  }
  if (schema['x-kubernetes-list-type'] === 'map' && !schema['x-kubernetes-list-map-keys']?.length) {
    errors.push(
      required(`${at}.x-kubernetes-list-map-keys`, 'must not be empty if x-kubernetes-list-type is map'),
    );
  }
  if (pattern !== undefined && goPattern(pattern) === undefined) {
    const words = "must be a valid regular expression, but isn't: error parsing regexp";
    errors.push(invalid(`${at}.pattern`, pattern, words));
  }
}

function checkOwnType(schema: Schema, { at, level, errors }: Place): void {
  const { type = '', properties = {} } = schema;
  const isEmbedded = schema['x-kubernetes-embedded-resource'] === true;
  const keepsAll = schema['x-kubernetes-preserve-unknown-fields'] === true;
  const isEither = schema['x-kubernetes-int-or-string'] === true;
  if (isEmbedded && type !== 'object') {
    const words = 'must be object if x-kubernetes-embedded-resource is true';
    errors.push(type === '' ? required(`${at}.type`, words) : invalid(`${at}.type`, type, words));
  } else if (type === '' && !isEither && !keepsAll) errors.push(required(`${at}.type`, AT_LEVEL[level]));
  if (level === 'root' && type !== '' && type !== 'object') {
    errors.push(invalid(`${at}.type`, type, 'must be object at the root'));
  }
  if (level === 'root' || isEmbedded) {
    for (const field of ['kind', 'apiVersion']) {
      const found = properties[field]?.type;
      if (properties[field] && found !== 'string')
        errors.push(invalid(`${at}.properties[${field}].type`, found ?? '', 'must be string'));
    }
  }
  if (isEmbedded && !keepsAll && Object.keys(properties).length === 0) {
    const words =
      'must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields';
    errors.push(required(`${at}.properties`, words));
  }
}

/** The two that go with a field that may be a number or a text. */
const EITHER = [{ type: 'integer' }, { type: 'string' }];

const UNSTRUCTURAL = ['type', 'title', 'description'] as const;

/** Inside of `allOf` and the like values are judged, and nothing is described. */
function checkComposed(schema: Schema, { at, errors }: Place): void {
  const { allOf = [], anyOf = [], oneOf = [], not } = schema;
  const isEither = schema['x-kubernetes-int-or-string'] === true;
  const judge = (inner: Schema, place: string): void => {
    for (const field of UNSTRUCTURAL) {
      if (inner[field]) errors.push(forbidden(`${place}.${field}`, 'must be empty to be structural'));
    }
    if (inner.default !== undefined)
      errors.push(forbidden(`${place}.default`, 'must be undefined to be structural'));
    if (inner.nullable) errors.push(forbidden(`${place}.nullable`, 'must be false to be structural'));
    for (const key of sortedKeys(inner.properties ?? {}))
      judge(inner.properties?.[key] as Schema, `${place}.properties[${key}]`);
    if (isObject(inner.items)) judge(inner.items as Schema, `${place}.items`);
  };
  for (const [name, list] of Object.entries({ allOf, anyOf, oneOf })) {
    if (isEither && name === 'anyOf' && isEqualJson(list, EITHER)) continue;
    for (const [index, inner] of list.entries()) {
      if (isEither && name === 'allOf' && isEqualJson(inner.anyOf, EITHER)) continue;
      judge(inner, `${at}.${name}[${index}]`);
    }
  }
  if (not) judge(not, `${at}.not`);
}
