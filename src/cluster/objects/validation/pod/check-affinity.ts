import type {
  Affinity,
  LabelSelector,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PodAffinityTerm,
  TopologySpreadConstraint,
  WeightedPodAffinityTerm,
} from '../../kubernetes.ts';
import { checkLabelSelector, checkOperator } from '../check-labels.ts';
import { checkOneOfIfGiven, checkPositive } from '../check-values.ts';
import {
  duplicate,
  type FieldErrors,
  forbidden,
  invalid,
  invalidFor,
  notSupported,
  required,
} from '../field-error.ts';
import {
  dnsLabelProblems,
  dnsSubdomainProblems,
  labelValueProblems,
  qualifiedNameProblems,
} from '../name-syntax.ts';

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

export function checkAffinity(field: string, affinity: Affinity | undefined): FieldErrors {
  if (affinity === undefined) return [];
  const { nodeAffinity, podAffinity, podAntiAffinity } = affinity;
  return [
    ...(nodeAffinity ? checkNodeAffinity(`${field}.nodeAffinity`, nodeAffinity) : []),
    ...(podAffinity ? checkPodAffinity(`${field}.podAffinity`, podAffinity) : []),
    ...(podAntiAffinity ? checkPodAffinity(`${field}.podAntiAffinity`, podAntiAffinity) : []),
  ];
}

function checkNodeAffinity(field: string, affinity: NonNullable<Affinity['nodeAffinity']>): FieldErrors {
  const must = affinity.requiredDuringSchedulingIgnoredDuringExecution;
  const preferred = affinity.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  const terms = `${field}.${REQUIRED}.nodeSelectorTerms`;
  const isEmpty = must !== undefined && (must.nodeSelectorTerms ?? []).length === 0;
  return [
    ...(isEmpty ? [required(terms, 'must have at least one node selector term')] : []),
    ...(must?.nodeSelectorTerms ?? []).flatMap((term, index) =>
      checkNodeTerm(`${terms}[${index}]`, term, true),
    ),
    ...preferred.flatMap(({ weight, preference }, index) => [
      ...checkWeight(`${field}.${PREFERRED}[${index}].weight`, weight),
      ...checkNodeTerm(`${field}.${PREFERRED}[${index}].preference`, preference, false),
    ]),
  ];
}

/** Values of a preference may be no labels at all: on a cluster of one node it still does no harm. */
function checkNodeTerm(field: string, term: NodeSelectorTerm, checksValues: boolean): FieldErrors {
  return [
    ...(term.matchExpressions ?? []).flatMap((requirement, index) =>
      checkNodeRequirement(`${field}.matchExpressions[${index}]`, requirement, checksValues),
    ),
    ...(term.matchFields ?? []).flatMap((requirement, index) =>
      checkNodeField(`${field}.matchFields[${index}]`, requirement),
    ),
  ];
}

function checkNodeRequirement(
  field: string,
  { key, operator, values = [] }: NodeSelectorRequirement,
  checksValues: boolean,
): FieldErrors {
  const isOrder = operator === 'Gt' || operator === 'Lt';
  const single = "must be specified single value when `operator` is 'Lt' or 'Gt'";
  const ofOperator = isOrder
    ? values.length === 1
      ? []
      : [required(`${field}.values`, single)]
    : checkOperator(field, operator, values);
  const checked = checksValues ? values : [];
  return [
    ...ofOperator,
    ...invalidFor(`${field}.key`, key, qualifiedNameProblems(key)),
    ...checked.flatMap((value, index) =>
      invalidFor(`${field}.values[${index}]`, value, labelValueProblems(value)),
    ),
  ];
}

/** The only field of a node that can be asked for is its name. */
function checkNodeField(field: string, { key, operator, values = [] }: NodeSelectorRequirement): FieldErrors {
  const isIn = operator === 'In' || operator === 'NotIn';
  const single = "must be only one value when `operator` is 'In' or 'NotIn' for node field selector";
  return [
    ...(isIn ? [] : [invalid(`${field}.operator`, operator, 'not a valid selector operator')]),
    ...(isIn && values.length !== 1 ? [required(`${field}.values`, single)] : []),
    ...(key === 'metadata.name'
      ? values.flatMap((value, index) =>
          invalidFor(`${field}.values[${index}]`, value, dnsSubdomainProblems(value)),
        )
      : [invalid(`${field}.key`, key, 'not a valid field selector key')]),
  ];
}

function checkPodAffinity(field: string, affinity: NonNullable<Affinity['podAffinity']>): FieldErrors {
  const must: readonly PodAffinityTerm[] = affinity.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  const preferred: readonly WeightedPodAffinityTerm[] =
    affinity.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  return [
    ...must.flatMap((term, index) => checkPodTerm(`${field}.${REQUIRED}[${index}]`, term)),
    ...preferred.flatMap(({ weight, podAffinityTerm }, index) => [
      ...checkWeight(`${field}.${PREFERRED}[${index}].weight`, weight),
      ...checkPodTerm(`${field}.${PREFERRED}[${index}].podAffinityTerm`, podAffinityTerm),
    ]),
  ];
}

function checkPodTerm(field: string, term: PodAffinityTerm): FieldErrors {
  const { topologyKey = '', namespaces = [], matchLabelKeys = [], mismatchLabelKeys = [] } = term;
  return [
    ...checkLabelSelector(`${field}.labelSelector`, term.labelSelector),
    ...checkLabelSelector(`${field}.namespaceSelector`, term.namespaceSelector),
    ...namespaces.flatMap((name) => invalidFor(`${field}.namespace`, name, dnsLabelProblems(name))),
    ...checkLabelKeys(`${field}.matchLabelKeys`, matchLabelKeys, term.labelSelector),
    ...checkLabelKeys(`${field}.mismatchLabelKeys`, mismatchLabelKeys, term.labelSelector),
    ...matchLabelKeys.flatMap((key, index) =>
      mismatchLabelKeys.includes(key)
        ? [
            invalid(
              `${field}.matchLabelKeys[${index}]`,
              key,
              'exists in both matchLabelKeys and mismatchLabelKeys',
            ),
          ]
        : [],
    ),
    ...(topologyKey === '' ? [required(`${field}.topologyKey`, 'can not be empty')] : []),
    ...invalidFor(`${field}.topologyKey`, topologyKey, qualifiedNameProblems(topologyKey)),
  ];
}

function checkLabelKeys(
  field: string,
  keys: readonly string[],
  selector: LabelSelector | undefined,
): FieldErrors {
  if (keys.length === 0) return [];
  if (selector === undefined)
    return [forbidden(field, 'must not be specified when labelSelector is not set')];
  return keys.flatMap((key, index) => invalidFor(`${field}[${index}]`, key, qualifiedNameProblems(key)));
}

function checkWeight(field: string, weight: number): FieldErrors {
  return weight <= 0 || weight > 100 ? [invalid(field, weight, 'must be in the range 1-100')] : [];
}

export function checkTopologySpread(
  field: string,
  constraints: readonly TopologySpreadConstraint[],
): FieldErrors {
  return constraints.flatMap((constraint, index) => {
    const place = `${field}[${index}]`;
    const { topologyKey, whenUnsatisfiable: action } = constraint;
    const isRepeated = constraints
      .slice(index + 1)
      .some((other) => other.topologyKey === topologyKey && other.whenUnsatisfiable === action);
    const pair = `${place}.{topologyKey, whenUnsatisfiable}`;
    const actions = ['DoNotSchedule', 'ScheduleAnyway'];
    return [
      ...checkPositive(`${place}.maxSkew`, constraint.maxSkew ?? 0),
      ...(topologyKey ? [] : [required(`${place}.topologyKey`, 'can not be empty')]),
      ...(actions.includes(action)
        ? []
        : [notSupported(`${place}.whenUnsatisfiable`, action ?? '', actions)]),
      ...(isRepeated ? [duplicate(pair, `{${topologyKey}, ${action}}`)] : []),
      ...checkMinDomains(`${place}.minDomains`, constraint),
      ...checkOneOfIfGiven(`${place}.nodeAffinityPolicy`, constraint.nodeAffinityPolicy, ['Honor', 'Ignore']),
      ...checkOneOfIfGiven(`${place}.nodeTaintsPolicy`, constraint.nodeTaintsPolicy, ['Honor', 'Ignore']),
      ...checkLabelKeys(`${place}.matchLabelKeys`, constraint.matchLabelKeys ?? [], constraint.labelSelector),
      ...checkLabelSelector(`${place}.labelSelector`, constraint.labelSelector),
    ];
  });
}

function checkMinDomains(
  field: string,
  { minDomains, whenUnsatisfiable }: TopologySpreadConstraint,
): FieldErrors {
  if (minDomains === undefined) return [];
  const detail = `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${whenUnsatisfiable}`;
  const isSoft = whenUnsatisfiable !== 'DoNotSchedule';
  return [...checkPositive(field, minDomains), ...(isSoft ? [invalid(field, minDomains, detail)] : [])];
}
