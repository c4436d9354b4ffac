import type { JobSpec, PodFailurePolicyRule } from '../../kubernetes.ts';
import { checkNamed } from '../check-values.ts';
import {
  duplicate,
  type FieldError,
  type FieldErrors,
  invalid,
  notSupported,
  required,
  tooMany,
} from '../field-error.ts';
import { qualifiedNameProblems } from '../name-syntax.ts';

const MOST_RULES = 20;
const MOST_CODES = 255;
const ACTIONS = ['Count', 'FailIndex', 'FailJob', 'Ignore'];
const OPERATORS = ['In', 'NotIn'];
const STATUSES = ['False', 'True', 'Unknown'];

/** apis/batch/validation: validatePodFailurePolicy. */
export function checkFailurePolicy(field: string, spec: JobSpec): FieldErrors {
  const rules = spec.podFailurePolicy?.rules ?? [];
  return [
    ...(rules.length > MOST_RULES ? [tooMany(`${field}.rules`, rules.length, MOST_RULES)] : []),
    ...rules.flatMap((rule, index) => checkRule(`${field}.rules[${index}]`, rule, spec)),
  ];
}

/** An error that does not say what stood there. */
function plain(field: string, detail: string): FieldError {
  return { type: 'FieldValueInvalid', field, detail };
}

function checkRule(field: string, rule: PodFailurePolicyRule, spec: JobSpec): FieldErrors {
  const { action, onExitCodes, onPodConditions = [] } = rule;
  const hasBoth = onExitCodes !== undefined && onPodConditions.length > 0;
  const hasNone = onExitCodes === undefined && onPodConditions.length === 0;
  const pair = 'OnExitCodes and OnPodConditions';
  return [
    ...checkAction(`${field}.action`, action, spec),
    ...(onExitCodes ? checkExitCodes(`${field}.onExitCodes`, onExitCodes, spec) : []),
    ...onPodConditions.flatMap(({ type, status }, index): FieldErrors => {
      const place = `${field}.onPodConditions[${index}]`;
      const named = checkNamed(`${place}.type`, type, qualifiedNameProblems);
      return [...named, ...checkListed(`${place}.status`, status, STATUSES)];
    }),
    ...(hasBoth ? [plain(field, `specifying both ${pair} is not supported`)] : []),
    ...(hasNone ? [plain(field, `specifying one of ${pair} is required`)] : []),
  ];
}

function checkAction(field: string, action: string, { backoffLimitPerIndex }: JobSpec): FieldErrors {
  const isUnlimited = action === 'FailIndex' && backoffLimitPerIndex === undefined;
  if (isUnlimited) return [invalid(field, action, 'requires the backoffLimitPerIndex to be set')];
  return checkListed(field, action, ACTIONS);
}

/** As Go's `%q` prints a list. */
function checkListed(field: string, value: string | undefined, supported: readonly string[]): FieldErrors {
  const quoted = supported.map((each) => `"${each}"`).join(' ');
  if (!value) return [required(field, `valid values: [${quoted}]`)];
  return supported.includes(value) ? [] : [notSupported(field, value, supported)];
}

function checkExitCodes(
  field: string,
  { operator, containerName, values = [] }: NonNullable<PodFailurePolicyRule['onExitCodes']>,
  { template }: JobSpec,
): FieldErrors {
  const { containers = [], initContainers = [] } = template.spec ?? {};
  const names = [...containers, ...initContainers].map(({ name }) => name);
  const isKnown = containerName === undefined || names.includes(containerName);
  const unknown = 'must be one of the container or initContainer names in the pod template';
  const list = `${field}.values`;
  const isOrdered = values.every((value, index) => index === 0 || (values[index - 1] ?? value) <= value);
  return [
    ...checkListed(`${field}.operator`, operator, OPERATORS),
    ...(isKnown ? [] : [invalid(`${field}.containerName`, containerName, unknown)]),
    ...(values.length === 0 ? [invalid(list, values, 'at least one value is required')] : []),
    ...(values.length > MOST_CODES ? [tooMany(list, values.length, MOST_CODES)] : []),
    ...values.flatMap((value, index): FieldErrors => {
      const isZero = operator === 'In' && value === 0;
      const isTwice = values.indexOf(value) < index;
      return [
        ...(isZero ? [invalid(`${list}[${index}]`, value, 'must not be 0 for the In operator')] : []),
        ...(isTwice ? [duplicate(`${list}[${index}]`, value)] : []),
      ];
    }),
    ...(isOrdered ? [] : [invalid(list, values, 'must be ordered')]),
  ];
}
