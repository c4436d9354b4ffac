import { isEqualJson } from '../json.ts';
import type { Taint, Toleration } from '../kubernetes.ts';
import { checkOneOf } from './check-values.ts';
import { duplicate, type FieldErrors, forbidden, invalid, invalidFor, notSupported } from './field-error.ts';
import { labelValueProblems, qualifiedNameProblems } from './name-syntax.ts';

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

export function checkTolerations(field: string, tolerations: readonly Toleration[]): FieldErrors {
  return tolerations.flatMap((toleration, index) => checkToleration(`${field}[${index}]`, toleration));
}

function checkToleration(field: string, toleration: Toleration): FieldErrors {
  const { key = '', operator = '', effect = '', tolerationSeconds } = toleration;
  const matchesAll =
    'operator must be Exists when `key` is empty, which means "match all values and all keys"';
  const needsNoExecute = "effect must be 'NoExecute' when `tolerationSeconds` is set";
  return [
    ...(key === '' ? [] : invalidFor(`${field}.key`, key, qualifiedNameProblems(key))),
    ...(key === '' && operator !== 'Exists' ? [invalid(`${field}.operator`, operator, matchesAll)] : []),
    ...(tolerationSeconds !== undefined && effect !== 'NoExecute'
      ? [invalid(`${field}.effect`, effect, needsNoExecute)]
      : []),
    ...checkTolerationValue(field, toleration),
    ...(effect === '' ? [] : checkOneOf(`${field}.effect`, effect, EFFECTS)),
  ];
}

/** An error of the value is reported at the operator, as Kubernetes does. */
function checkTolerationValue(field: string, { operator = '', value = '' }: Toleration): FieldErrors {
  if (operator === 'Equal' || operator === '') {
    const problems = labelValueProblems(value);
    return problems.length === 0 ? [] : [invalid(`${field}.operator`, value, problems.join(';'))];
  }
  if (operator === 'Exists') {
    if (value === '') return [];
    return [invalid(`${field}.operator`, value, "value must be empty when `operator` is 'Exists'")];
  }
  const known =
    operator === 'Lt' || operator === 'Gt' ? ['Equal', 'Exists', 'Lt', 'Gt'] : ['Equal', 'Exists'];
  return [notSupported(`${field}.operator`, operator, known)];
}

/** Tolerations may be added to a pod, and the seconds of one changed; nothing else. */
export function checkOnlyAddedTolerations(
  field: string,
  tolerations: readonly Toleration[],
  old: readonly Toleration[],
): FieldErrors {
  const withoutSeconds = ({ tolerationSeconds, ...rest }: Toleration): object => rest;
  const isKept = (before: Toleration): boolean =>
    tolerations.some((after) => isEqualJson(withoutSeconds(before), withoutSeconds(after)));
  if (old.every(isKept)) return checkTolerations(field, tolerations);
  return [forbidden(field, 'existing toleration can not be modified except its tolerationSeconds')];
}

export function checkTaints(field: string, taints: readonly Taint[]): FieldErrors {
  return taints.flatMap((taint, index) => {
    const isRepeated = taints
      .slice(0, index)
      .some(({ key, effect }) => key === taint.key && effect === taint.effect);
    const detail = 'taints must be unique by key and effect pair';
    const place = `${field}[${index}]`;
    const valueProblems = labelValueProblems(taint.value ?? '');
    return [
      ...invalidFor(`${place}.key`, taint.key, qualifiedNameProblems(taint.key)),
      ...(valueProblems.length > 0 ? [invalid(`${place}.value`, taint.value, valueProblems.join(';'))] : []),
      ...checkOneOf(`${place}.effect`, taint.effect, EFFECTS),
      ...(isRepeated ? [{ ...duplicate(place, taint), detail }] : []),
    ];
  });
}
