import { sortedKeys } from '../json.ts';
import type { LabelSelector, LabelSelectorRequirement } from '../kubernetes.ts';
import type { Labels } from '../label-selector.ts';
import { type FieldErrors, forbidden, invalid, invalidFor, required } from './field-error.ts';
import { labelValueProblems, qualifiedNameProblems } from './name-syntax.ts';

/** Labels, or a plain map of labels as a selector. An error does not say under which key it was found. */
export function checkLabels(field: string, labels: Labels | undefined): FieldErrors {
  return sortedKeys(labels ?? {}).flatMap((key) => {
    const value = labels?.[key] ?? '';
    return [
      ...invalidFor(field, key, qualifiedNameProblems(key)),
      ...invalidFor(field, value, labelValueProblems(value)),
    ];
  });
}

/** A selector with `matchLabels` and `matchExpressions` (apimachinery: meta/v1/validation). */
export function checkLabelSelector(field: string, selector: LabelSelector | undefined): FieldErrors {
  if (selector === undefined) return [];
  return [
    ...checkLabels(`${field}.matchLabels`, selector.matchLabels),
    ...(selector.matchExpressions ?? []).flatMap((requirement, index) =>
      checkRequirement(`${field}.matchExpressions[${index}]`, requirement),
    ),
  ];
}

function checkRequirement(
  field: string,
  { key, operator, values = [] }: LabelSelectorRequirement,
): FieldErrors {
  return [
    ...checkOperator(field, operator, values),
    ...invalidFor(`${field}.key`, key, qualifiedNameProblems(key)),
    ...values.flatMap((value, index) =>
      invalidFor(`${field}.values[${index}]`, value, labelValueProblems(value)),
    ),
  ];
}

/** `In` and `NotIn` need values, `Exists` and `DoesNotExist` may have none. */
export function checkOperator(field: string, operator: string, values: readonly string[]): FieldErrors {
  if (operator === 'In' || operator === 'NotIn') {
    const detail = "must be specified when `operator` is 'In' or 'NotIn'";
    return values.length === 0 ? [required(`${field}.values`, detail)] : [];
  }
  if (operator === 'Exists' || operator === 'DoesNotExist') {
    const detail = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'";
    return values.length > 0 ? [forbidden(`${field}.values`, detail)] : [];
  }
  return [invalid(`${field}.operator`, operator, 'not a valid selector operator')];
}
