import { isEqualJson } from '../json.ts';
import type { KubeObject } from '../kube-object.ts';
import type { CustomResourceDefinitionVersion, JSONSchemaProps } from '../kubernetes.ts';
import { type FieldError, type FieldErrors, invalid } from '../validation/field-error.ts';
import { checkRules, hasRules } from './check-rules.ts';
import { validateSchema } from './validate-schema.ts';
import { valueAtPath } from './walk-schema.ts';

type Version = CustomResourceDefinitionVersion;

/** Why an object is not one of those that its definition describes (registry/customresource/validator.go). */
export function validateCustom(version: Version, object: KubeObject, old?: KubeObject): FieldErrors {
  const schema = version.schema?.openAPIV3Schema;
  const errors = schema ? validateSchema(object, schema) : [];
  const before = schema && old ? validateSchema(old, schema) : [];
  const left = unforgiven(errors, before);
  return [
    ...left,
    ...(schema ? ruleErrors(left, { object, old, schema }) : []),
    ...checkScale(version, object),
  ];
}

interface Judged {
  readonly object: unknown;
  readonly old: unknown;
  readonly schema: JSONSchemaProps;
}

/** Rules are not asked about objects that are not of their shape. */
function ruleErrors(errors: FieldErrors, { object, old, schema }: Judged): FieldErrors {
  const isUnsound = ({ type, detail }: FieldError) =>
    /Required|TooLong|TooMany/.test(type) || / must be of type /.test(detail);
  if (errors.some(isUnsound)) return hasRules(schema) ? [UNCHECKED] : [];
  return checkRules(object, old, schema);
}

const UNCHECKED = invalid(
  '<nil>',
  'null',
  'some validation rules were not checked because the object was invalid; correct the existing errors to complete validation',
);

/** The same of a status that comes by itself. */
export function validateCustomStatus(version: Version, object: KubeObject, old: KubeObject): FieldErrors {
  const schema = version.schema?.openAPIV3Schema?.properties?.['status'];
  const statusOf = (of: KubeObject) => (of as { readonly status?: unknown }).status;
  if (schema === undefined || statusOf(object) === undefined) return [];
  const found = unforgiven(
    validateSchema(statusOf(object), schema),
    statusOf(old) === undefined ? [] : validateSchema(statusOf(old), schema),
  );
  const judged = { object: statusOf(object), old: statusOf(old), schema };
  const errors = [...found, ...ruleErrors(found, judged)];
  return errors.map((error) => ({
    ...error,
    field: error.field === '' ? 'status' : `status.${error.field}`,
  }));
}

/** What was wrong before and has not been touched may stay (CRDValidationRatcheting). */
function unforgiven(errors: readonly FieldError[], before: readonly FieldError[]): readonly FieldError[] {
  return errors.filter((error) => !before.some((known) => isEqualJson(known, error)));
}

function checkScale({ subresources }: Version, object: KubeObject): FieldErrors {
  const { specReplicasPath, statusReplicasPath } = subresources?.scale ?? {};
  return [specReplicasPath, statusReplicasPath].flatMap((path) => {
    const value = path === undefined ? undefined : valueAtPath(object, path);
    if (path === undefined || typeof value !== 'number' || value >= 0) return [];
    return [invalid(path, value, 'should be a non-negative integer')];
  });
}
